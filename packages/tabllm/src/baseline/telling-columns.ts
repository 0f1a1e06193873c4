/** The columns that tell most of labels by themselves, where all would be too many. */
import type { Matrix } from './matrix.ts';

/** Those whose means differ most between classes. @param columns places of those among which @returns `most` of them at most, in their order in the matrix */
export function tellingColumns(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  columns: readonly number[],
  most: number,
): number[] {
  return tellingMost(columns, most, (column) => varianceBetween(x, column, labels, classes));
}

/** Those that a quantity goes along with most, by their correlation. @param y value of each row */
export function columnsAlong(
  x: Matrix,
  y: Float64Array,
  columns: readonly number[],
  most: number,
): number[] {
  return tellingMost(columns, most, (column) => varianceAlong(x, column, y));
}

function tellingMost(
  columns: readonly number[],
  most: number,
  toldBy: (column: number) => number,
): number[] {
  return columns
    .map((column) => ({ column, told: toldBy(column) }))
    .sort((a, b) => b.told - a.told)
    .slice(0, most)
    .map(({ column }) => column)
    .sort((a, b) => a - b);
}

/** The part of y's variance that a line of the column tells, 0 … 1. */
function varianceAlong(x: Matrix, column: number, y: Float64Array): number {
  const n = y.length;
  let [sum, squares, sumY, squaresY, products] = [0, 0, 0, 0, 0];
  for (const [i, own] of y.entries()) {
    const value = x.values[i * x.columns + column] as number;
    sum += value;
    squares += value * value;
    sumY += own;
    squaresY += own * own;
    products += value * own;
  }
  const all = (squares - sum ** 2 / n) * (squaresY - sumY ** 2 / n);
  return all > 1e-12 ? (products - (sum * sumY) / n) ** 2 / all : 0;
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
