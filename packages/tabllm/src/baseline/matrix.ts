/** A dense matrix of float64, row after row. Once a model has looked at it, it does not change. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export function emptyMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** A view of one row. */
export function rowOf({ columns, values }: Matrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

/** A copy of some rows, in this order. */
export function pickRows(x: Matrix, rows: readonly number[]): Matrix {
  const picked = emptyMatrix(rows.length, x.columns);
  for (const [at, row] of rows.entries()) rowOf(picked, at).set(rowOf(x, row));
  return picked;
}

/** The columns of one and of another behind them, of the same rows. */
export function joinColumns(left: Matrix, right: Matrix): Matrix {
  const both = emptyMatrix(left.rows, left.columns + right.columns);
  for (let row = 0; row < both.rows; row++) {
    rowOf(both, row).set(rowOf(left, row));
    rowOf(both, row).set(rowOf(right, row), left.columns);
  }
  return both;
}

/** A square matrix [n, n] times a vector [n]. */
export function timesVector(
  matrix: Float64Array,
  n: number,
  vector: Float64Array,
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    result[i] = sum;
  }
  return result;
}
