/**
 * A Gaussian process that tells classes apart (see `fitKernelClassifier`), as it predicts: a line costs a row
 * its non-zero entries, the curve a few rows that tell it best, and a curve of a single column a look into a
 * table.
 */
import { type Bends, bentPlaces, bentSum, placeRow } from './bends.ts';
import { type KernelCurve, plainCurve, spanningColumns } from './kernel-curve.ts';
import { curveInLanes } from './kernel-curve-lanes.ts';
import type { Matrix } from './matrix.ts';
import { filledOf } from './sparse-products.ts';

export interface KernelClassifier {
  readonly kind: 'kernel';
  readonly classes: number;
  /** N of the kernel. */
  readonly norm: number;
  /** What columns are multiplied by: [D]. */
  readonly relevance: Float32Array;
  /** Rows that span the curve, multiplied so: [m, D]. */
  readonly spanning: Matrix;
  /** Columns that bend by themselves. */
  readonly bends: Bends;
  readonly functions: readonly LatentFunction[];
}

/** The latent function of a class at a scale. */
export interface LatentFunction {
  /** Class that it speaks for. */
  readonly label: number;
  /** Evidence of its scale among the scales. */
  readonly share: number;
  /** Weights of the line, the intercept last: [D+1]. */
  readonly line: Float32Array;
  /** Weights of the spanning rows: [m]. */
  readonly curve: Float32Array;
  /** Of the columns that bend, see `bendTables`. */
  readonly bend: Float32Array;
}

/** Probabilities [rows, K]. */
export function predictKernelClassifier(model: KernelClassifier, x: Matrix): Float64Array {
  const { classes, norm, relevance, spanning, bends, functions } = model;
  const m = spanning.rows;
  const curve = curveOf(spanning);
  const found = curve.values;
  const { places, starts, values } = filledOf(x);
  const entries = { places, values: new Float64Array(values.length) };
  const scale = -1 / (2 * norm);
  const bentAt = bentPlaces(bends.columns.length);
  const result = new Float64Array(x.rows * classes);
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
    for (const { label, share, line, curve: weights, bend } of functions) {
      let latent = line[x.columns] as number;
      for (let e = from; e < to; e++) {
        latent += (line[places[e] as number] as number) * (entries.values[e] as number);
      }
      for (let r = 0; r < m; r++) latent += (weights[r] as number) * (found[r] as number);
      latent += bentSum(bend, bentAt);
      const at = i * classes + label;
      result[at] = (result[at] as number) + share / (1 + Math.exp(-latent));
    }
    normalise(result, i * classes, classes);
  }
  return result;
}

/** What scales say that are heard sums to 1. */
function normalise(result: Float64Array, start: number, classes: number): void {
  if (classes === 2) {
    result[start] = 1 - (result[start + 1] as number);
    return;
  }
  let total = 0;
  for (let k = start; k < start + classes; k++) total += result[k] as number;
  for (let k = start; k < start + classes; k++) result[k] = (result[k] as number) / total;
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
