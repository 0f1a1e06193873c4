/** The columns whose means differ most between classes, where all would be too many. */
import type { Matrix } from './matrix.ts';

/** @param columns places of those among which @returns `most` of them at most, in their order in the matrix */
export function tellingColumns(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  columns: readonly number[],
  most: number,
): number[] {
  return columns
    .map((column) => ({ column, told: varianceBetween(x, column, labels, classes) }))
    .sort((a, b) => b.told - a.told)
    .slice(0, most)
    .map(({ column }) => column)
    .sort((a, b) => a - b);
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
