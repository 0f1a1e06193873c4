/**
 * Sums and differences of two quantities as further columns for trees, so that a cut can run aslant: the
 * projections with two entries ±1 of sparse oblique forests (Tomita et al. 2020).
 */
import { emptyMatrix, type Matrix } from './matrix.ts';

/** Places of two columns. */
export type ColumnPair = readonly [number, number];

/** Quantities that are paired: 66 pairs. */
const MOST_PAIRED = 12;

/** All pairs of the quantities; of many, of those whose means differ most between classes. */
export function pairQuantities(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  quantities: readonly number[],
): ColumnPair[] {
  const paired = [...quantities]
    .map((column) => ({ column, told: varianceBetween(x, column, labels, classes) }))
    .sort((a, b) => b.told - a.told)
    .slice(0, MOST_PAIRED)
    .map(({ column }) => column)
    .sort((a, b) => a - b);
  return paired.flatMap((a, i) => paired.slice(i + 1).map((b): ColumnPair => [a, b]));
}

/** The matrix with a − b and a + b of each pair beside it: [rows, D + 2·pairs]. */
export function withPairs(x: Matrix, pairs: readonly ColumnPair[]): Matrix {
  if (pairs.length === 0) return x;
  const wide = emptyMatrix(x.rows, x.columns + 2 * pairs.length);
  const { values, columns } = wide;
  for (let i = 0; i < x.rows; i++) {
    const [from, to] = [i * x.columns, i * columns];
    for (let j = 0; j < x.columns; j++) values[to + j] = x.values[from + j] as number;
    let at = to + x.columns;
    for (const [first, second] of pairs) {
      const [a, b] = [x.values[from + first] as number, x.values[from + second] as number];
      values[at++] = a - b;
      values[at++] = a + b;
    }
  }
  return wide;
}

/** Places in the matrix beside pairs that trees look at: these columns, default all, and those of all pairs. */
export function columnsToCut(
  x: Matrix,
  pairs: readonly ColumnPair[],
  columns: readonly number[] | undefined,
): number[] {
  const all = Array.from({ length: x.columns + 2 * pairs.length }, (_, j) => j);
  return columns ? [...columns, ...all.slice(x.columns)] : all;
}

/** The part of a column's variance that lies between the classes, 0 … 1. */
function varianceBetween(x: Matrix, column: number, labels: Int32Array, classes: number): number {
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes);
  let [sum, squares] = [0, 0];
  for (const [i, label] of labels.entries()) {
    const value = x.values[i * x.columns + column] as number;
    counts[label] = (counts[label] as number) + 1;
    sums[label] = (sums[label] as number) + value;
    sum += value;
    squares += value * value;
  }
  const all = squares - sum ** 2 / labels.length;
  if (!(all > 1e-12)) return 0;
  const between = sums.reduce(
    (total, own, k) => total + (counts[k] ? own ** 2 / (counts[k] as number) : 0),
    -(sum ** 2) / labels.length,
  );
  return between / all;
}
