/**
 * The curve of the kernel between a row and the rows that span it, exp(−‖x − z‖²/2N) for each z: one number
 * after the other here, two at a time in `kernel-curve-lanes.ts` with the very same results.
 */
import { fastExp } from './fast-exp.ts';
import { type Matrix, rowOf } from './matrix.ts';
import { type FilledEntries, laned, timesColumns } from './sparse-products.ts';

export interface KernelCurve {
  /** What was found last: [m], and what of zeros follows. */
  readonly values: Float64Array;
  /**
   * @param entries those of a row stand from `from` to before `to`
   * @param square ‖x‖² @param scale −1/2N
   */
  find(
    entries: Pick<FilledEntries, 'places' | 'values'>,
    from: number,
    to: number,
    square: number,
    scale: number,
  ): void;
}

/** Rows that span a curve, made ready for products. */
export interface SpanningColumns {
  /** [D, m], with zeros to a whole number of lanes; in half the memory, for they are rounded already. */
  readonly columns: Float32Array;
  /** m and those zeros. */
  readonly width: number;
  /** ‖z‖² of each spanning row, and 0: [width]. */
  readonly squares: Float64Array;
}

export function spanningColumns(spanning: Matrix): SpanningColumns {
  const { rows, columns: stride, values } = spanning;
  const width = laned(rows);
  const columns = new Float32Array(width * stride);
  const squares = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < stride; j++) columns[j * width + i] = values[i * stride + j] as number;
    squares[i] = squareOf(rowOf(spanning, i));
  }
  return { columns, width, squares };
}

export function plainCurve({ columns, width, squares }: SpanningColumns): KernelCurve {
  const values = new Float64Array(width);
  return {
    values,
    find: (entries, from, to, square, scale) => {
      timesColumns(columns, width, entries, from, to, values);
      for (let r = 0; r < width; r++) {
        const distance = square + (squares[r] as number) - 2 * (values[r] as number);
        values[r] = distance > 0 ? fastExp(distance * scale) : 1;
      }
    },
  };
}

function squareOf(row: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += (row[j] as number) ** 2;
  return sum;
}
