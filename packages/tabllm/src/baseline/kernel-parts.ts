/**
 * The parts of a kernel of all rows with all (see `KernelShape`), each before its scale: [n, n]. Columns have
 * weights w_c, r_c/N or, where they are multiplied by √r already, 1/N:
 *   line  Σ_c w_c x_c·z_c        curve  exp(−½ Σ_c w_c (x_c − z_c)²)        bent  Σ_q r_q exp(−(x_q − z_q)²)/2N
 */
import type { KernelScales } from './kernel-shape.ts';
import type { Matrix } from './matrix.ts';
import { filledOf } from './sparse-products.ts';

export interface KernelParts {
  readonly line: Float64Array;
  readonly curve: Float64Array;
  readonly bent: Float64Array;
}

/** a·line + b·curve + c·bent + 1 */
export function gramOf(
  { line, curve, bent }: KernelParts,
  { line: a, curve: b, bend: c }: KernelScales,
): Float64Array {
  return line.map((entry, i) => a * entry + b * (curve[i] as number) + 1 + c * (bent[i] as number));
}

/** @param weights of the columns of the matrix */
export function lineAndCurve(x: Matrix, weights: Float64Array): Omit<KernelParts, 'bent'> {
  const { rows: n } = x;
  const { places, values, starts } = filledOf(x);
  const line = new Float64Array(n * n);
  const curve = new Float64Array(n * n);
  const weighed = new Float64Array(weights.length);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    for (let e = from; e < to; e++) {
      const column = places[e] as number;
      weighed[column] = (weights[column] as number) * (values[e] as number);
    }
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let e = starts[j] as number; e < (starts[j + 1] as number); e++) {
        product += (values[e] as number) * (weighed[places[e] as number] as number);
      }
      line[i * n + j] = line[j * n + i] = product;
    }
    squares[i] = line[i * n + i] as number;
    for (let e = from; e < to; e++) weighed[places[e] as number] = 0;
    for (let j = 0; j <= i; j++) {
      const product = line[i * n + j] as number;
      const distance = (squares[i] as number) + (squares[j] as number) - 2 * product;
      curve[i * n + j] = curve[j * n + i] = Math.exp(-Math.max(distance, 0) / 2);
    }
  }
  return { line, curve };
}

/** Of a column before its relevance: exp(−(x_q − z_q)²)/2N. */
export function bendKernel(
  { rows: n, columns, values }: Matrix,
  column: number,
  norm: number,
): Float32Array {
  const bend = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const apart =
        (values[i * columns + column] as number) - (values[j * columns + column] as number);
      bend[i * n + j] = bend[j * n + i] = Math.exp(-(apart ** 2)) / (2 * norm);
    }
  }
  return bend;
}

/** The bent part of n rows. @param bends of columns, see `bendKernel` @param relevances r of each */
export function sumOfBends(
  n: number,
  bends: readonly Float32Array[],
  relevances: readonly number[],
): Float64Array {
  const sum = new Float64Array(n * n);
  for (const [q, bend] of bends.entries()) {
    const r = relevances[q] as number;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + r * (bend[i] as number);
  }
  return sum;
}
