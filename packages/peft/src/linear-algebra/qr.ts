/**
 * Reduced QR decomposition by Householder reflections (Golub & Van Loan, §5.2): M[m, n] = Q·R with
 * Q[m, k] orthonormal, R[k, n] upper triangular, k = min(m, n). The sign of R's diagonal is LAPACK's.
 * Worked column by column, so that every inner loop runs through memory in order.
 */
import { transpose } from './product.ts';

/** The factors of a reduced QR decomposition, row-major. */
export interface Qr {
  /** [rows, min(rows, columns)], orthonormal columns */
  readonly q: Float32Array;
  /** [min(rows, columns), columns], upper triangular */
  readonly r: Float32Array;
}

/**
 * Reduced QR of a row-major matrix. The first k columns of Q depend only on the first k columns of
 * the matrix: who needs few of them should pass few.
 */
export function qr(data: Float32Array, rows: number, columns: number): Qr {
  const { q, r } = qrFloat64(Float64Array.from(data), rows, columns);
  return { q: Float32Array.from(q), r: Float32Array.from(r) };
}

/** `qr` in float64, for further computation. */
export function qrFloat64(
  data: Float64Array,
  rows: number,
  columns: number,
): { q: Float64Array; r: Float64Array } {
  const size = Math.min(rows, columns);
  const work = transpose(data, rows, columns);
  const scales = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    scales[k] = makeReflector(work, k * rows, k, rows);
    for (let j = k + 1; j < columns; j++)
      reflect(work, k * rows, scales[k] as number, work, j * rows, k, rows);
  }
  const r = new Float64Array(size * columns);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < columns; j++) r[i * columns + j] = work[j * rows + i] as number;
  }
  // Q = H₀·H₁⋯ applied to the unit columns, the last reflection first.
  const q = new Float64Array(size * rows);
  for (let j = 0; j < size; j++) q[j * rows + j] = 1;
  for (let k = size - 1; k >= 0; k--) {
    for (let j = k; j < size; j++)
      reflect(work, k * rows, scales[k] as number, q, j * rows, k, rows);
  }
  return { q: transpose(q, size, rows), r };
}

/**
 * Turns the column at `at`, from row k on, into the reflector that zeroes it below row k: entry k
 * becomes R's diagonal, the rest v/v₀ (v₀ = 1 is implied).
 * @returns β of H = I − β·v·vᵀ; 0 when there is nothing to zero
 */
function makeReflector(work: Float64Array, at: number, k: number, rows: number): number {
  let largest = 0;
  for (let i = k + 1; i < rows; i++) largest = Math.max(largest, Math.abs(work[at + i] as number));
  if (largest === 0) return 0;
  const head = work[at + k] as number;
  largest = Math.max(largest, Math.abs(head));
  let squares = 0;
  for (let i = k; i < rows; i++) squares += ((work[at + i] as number) / largest) ** 2;
  const norm = largest * Math.sqrt(squares);
  const diagonal = head > 0 ? -norm : norm;
  for (let i = k + 1; i < rows; i++) work[at + i] = (work[at + i] as number) / (head - diagonal);
  work[at + k] = diagonal;
  return (diagonal - head) / diagonal;
}

/** x ← x − β·v·(vᵀ·x) on rows k… of the column of `target` at `to`; v as `makeReflector` left it. */
function reflect(
  work: Float64Array,
  at: number,
  beta: number,
  target: Float64Array,
  to: number,
  k: number,
  rows: number,
): void {
  if (beta === 0) return;
  // Two sums at a time: one alone would wait for each addition to end.
  let even = target[to + k] as number;
  let odd = 0;
  let i = k + 1;
  for (; i + 2 <= rows; i += 2) {
    even += (work[at + i] as number) * (target[to + i] as number);
    odd += (work[at + i + 1] as number) * (target[to + i + 1] as number);
  }
  if (i < rows) odd += (work[at + i] as number) * (target[to + i] as number);
  const step = beta * (even + odd);
  target[to + k] = (target[to + k] as number) - step;
  for (i = k + 1; i < rows; i++) {
    target[to + i] = (target[to + i] as number) - step * (work[at + i] as number);
  }
}
