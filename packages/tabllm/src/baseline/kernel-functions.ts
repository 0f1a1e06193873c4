/**
 * Functions Σᵢ αᵢ k(xᵢ, ·) of a kernel (see `KernelShape`) as they are told of further rows: a line costs a row
 * its non-zero entries, the curve of all columns a few rows that tell it best, and a curve of a single column
 * a look into a table.
 */
import { type Bends, bentPlaces, bentSum, placeRow } from './bends.ts';
import { type KernelCurve, plainCurve, spanningColumns } from './kernel-curve.ts';
import { curveInLanes } from './kernel-curve-lanes.ts';
import type { Matrix } from './matrix.ts';
import { filledOf } from './sparse-products.ts';

/** Some functions, and what they have in common. */
export interface KernelFunctions<Own extends KernelFunction = KernelFunction> {
  /** N of the kernel. */
  readonly norm: number;
  /** What columns are multiplied by: [D]. */
  readonly relevance: Float32Array;
  /** Rows that span the curve, multiplied so: [m, D]. */
  readonly spanning: Matrix;
  /** Columns that bend by themselves. */
  readonly bends: Bends;
  readonly functions: readonly Own[];
}

export interface KernelFunction {
  /** Weights of the line, the intercept last: [D+1]. */
  readonly line: Float32Array;
  /** Weights of the spanning rows: [m]. */
  readonly curve: Float32Array;
  /** Of the columns that bend, see `bendTables`. */
  readonly bend: Float32Array;
}

/** Values [rows, functions]. */
export function kernelValues(
  { norm, relevance, spanning, bends, functions }: KernelFunctions,
  x: Matrix,
): Float64Array {
  const m = spanning.rows;
  const curve = curveOf(spanning);
  const found = curve.values;
  const { places, starts, values } = filledOf(x);
  const entries = { places, values: new Float64Array(values.length) };
  const scale = -1 / (2 * norm);
  const bentAt = bentPlaces(bends.columns.length);
  const result = new Float64Array(x.rows * functions.length);
  for (let i = 0; i < x.rows; i++) {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    let square = 0;
    for (let e = from; e < to; e++) {
      const value = (values[e] as number) * (relevance[places[e] as number] as number);
      entries.values[e] = value;
      square += value * value;
    }
    curve.find(entries, from, to, square, scale);
    placeRow(bends, x, i, bentAt);
    let at = i * functions.length;
    for (const { line, curve: weights, bend } of functions) {
      let value = line[x.columns] as number;
      for (let e = from; e < to; e++) {
        value += (line[places[e] as number] as number) * (entries.values[e] as number);
      }
      for (let r = 0; r < m; r++) value += (weights[r] as number) * (found[r] as number);
      result[at++] = value + bentSum(bend, bentAt);
    }
  }
  return result;
}

/** They last as long as their rows. */
const curves = new WeakMap<Matrix, KernelCurve>();

function curveOf(spanning: Matrix): KernelCurve {
  const known = curves.get(spanning);
  if (known) return known;
  const columns = spanningColumns(spanning);
  const curve = curveInLanes(columns) ?? plainCurve(columns);
  curves.set(spanning, curve);
  return curve;
}
