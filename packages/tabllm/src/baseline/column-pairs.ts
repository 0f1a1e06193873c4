/**
 * Sums and differences of two quantities as further columns for trees, so that a cut can run aslant: the
 * projections with two entries ±1 of sparse oblique forests (Tomita et al. 2020).
 */
import { emptyMatrix, type Matrix } from './matrix.ts';
import { tellingColumns } from './telling-columns.ts';

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
  const paired = tellingColumns(x, labels, classes, quantities, MOST_PAIRED);
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
