/** Rows that are mostly zeros, as one-hot rows are: the entries that are not, and products with them. */
import type { Matrix } from './matrix.ts';

/** The entries of rows that are not 0, row after row. */
export interface FilledEntries {
  /** Column of each. */
  readonly places: Int32Array;
  readonly values: Float64Array;
  /** Where those of each row begin; one more at the end. */
  readonly starts: Int32Array;
}

/** They last as long as their rows: several models look at the same. */
const known = new WeakMap<Matrix, FilledEntries>();

export function filledOf(x: Matrix): FilledEntries {
  const filled = known.get(x) ?? findFilled(x);
  known.set(x, filled);
  return filled;
}

/** Tells of rows that are made what is filled in them, so that nobody has to look. */
export function keepFilled(x: Matrix, filled: FilledEntries): void {
  known.set(x, filled);
}

function findFilled({ rows, columns, values: all }: Matrix): FilledEntries {
  let most = 1;
  for (let at = 0; at < all.length; at++) most += all[at] === 0 ? 0 : 1;
  const places = new Int32Array(most);
  const values = new Float64Array(most);
  const starts = new Int32Array(rows + 1);
  let count = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      // Written whatever it is, and written over where it is 0: a branch would be guessed wrong too often.
      const value = all[at] as number;
      places[count] = j;
      values[count] = value;
      count += value === 0 ? 0 : 1;
    }
    starts[i + 1] = count;
  }
  return { places, values, starts };
}

/** Sums that are run side by side. */
const LANES = 8;

/** A width that `timesColumns` can take: a whole number of lanes. */
export function laned(width: number): number {
  return Math.ceil(width / LANES) * LANES;
}

/**
 * A row's entries, those from `from` to before `to`, times each column of a matrix [D, width], eight columns at
 * a time so that sums stay in registers.
 */
export function timesColumns(
  matrix: Float32Array,
  width: number,
  { places, values }: Pick<FilledEntries, 'places' | 'values'>,
  from: number,
  to: number,
  into: Float64Array,
): void {
  for (let r = 0; r < width; r += LANES) {
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let j = from; j < to; j++) {
      const value = values[j] as number;
      const at = (places[j] as number) * width + r;
      a += value * (matrix[at] as number);
      b += value * (matrix[at + 1] as number);
      c += value * (matrix[at + 2] as number);
      d += value * (matrix[at + 3] as number);
      e += value * (matrix[at + 4] as number);
      f += value * (matrix[at + 5] as number);
      g += value * (matrix[at + 6] as number);
      h += value * (matrix[at + 7] as number);
    }
    into[r] = a;
    into[r + 1] = b;
    into[r + 2] = c;
    into[r + 3] = d;
    into[r + 4] = e;
    into[r + 5] = f;
    into[r + 6] = g;
    into[r + 7] = h;
  }
}
