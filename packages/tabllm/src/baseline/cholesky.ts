/** Cholesky factors of symmetric positive definite matrices, row after row, and what they solve. */

/** Writes L with A = LLᵀ into the lower triangle of A [n, n]. */
export function choleskyInPlace(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let j = 0;
    for (; j + 4 <= i; j += 4) fourEntries(a, n, row, j);
    for (; j <= i; j++) {
      const other = j * n;
      let sum = a[row + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[row + k] as number) * (a[other + k] as number);
      a[row + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (a[other + j] as number);
    }
  }
}

/**
 * Entries j … j+3 of a row of L, left of its diagonal. Their sums run side by side, since each alone waits
 * for its last step; what they need of each other is taken at the end.
 */
function fourEntries(a: Float64Array, n: number, row: number, j: number): void {
  const r0 = j * n;
  const r1 = r0 + n;
  const r2 = r1 + n;
  const r3 = r2 + n;
  let s0 = a[row + j] as number;
  let s1 = a[row + j + 1] as number;
  let s2 = a[row + j + 2] as number;
  let s3 = a[row + j + 3] as number;
  for (let k = 0; k < j; k++) {
    const value = a[row + k] as number;
    s0 -= value * (a[r0 + k] as number);
    s1 -= value * (a[r1 + k] as number);
    s2 -= value * (a[r2 + k] as number);
    s3 -= value * (a[r3 + k] as number);
  }
  s0 /= a[r0 + j] as number;
  s1 -= s0 * (a[r1 + j] as number);
  s1 /= a[r1 + j + 1] as number;
  s2 -= s0 * (a[r2 + j] as number);
  s2 -= s1 * (a[r2 + j + 1] as number);
  s2 /= a[r2 + j + 2] as number;
  s3 -= s0 * (a[r3 + j] as number);
  s3 -= s1 * (a[r3 + j + 1] as number);
  s3 -= s2 * (a[r3 + j + 2] as number);
  s3 /= a[r3 + j + 3] as number;
  a[row + j] = s0;
  a[row + j + 1] = s1;
  a[row + j + 2] = s2;
  a[row + j + 3] = s3;
}

/** b ← L⁻¹ b */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] as number) * (b[k] as number);
    b[i] = sum / (l[i * n + i] as number);
  }
}

/** b ← L⁻ᵀ b */
export function solveUpper(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const value = (b[i] as number) / (l[i * n + i] as number);
    b[i] = value;
    // Column by column, so that L is read along its rows.
    for (let k = 0; k < i; k++) b[k] = (b[k] as number) - (l[i * n + k] as number) * value;
  }
}

/** L⁻¹, in the lower triangle: [n, n]. @param columns what each column of it is multiplied by; default 1 */
export function inverseOfLower(l: Float64Array, n: number, columns?: Float64Array): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = inverse.subarray(i * n, i * n + i + 1);
    row[i] = columns?.[i] ?? 1;
    for (let k = 0; k < i; k++) {
      const scale = l[i * n + k] as number;
      for (let j = 0; j <= k; j++) {
        row[j] = (row[j] as number) - scale * (inverse[k * n + j] as number);
      }
    }
    for (let j = 0; j <= i; j++) row[j] = (row[j] as number) / (l[i * n + i] as number);
  }
  return inverse;
}

/** VᵀV of a lower triangle V: [n, n]. */
export function squareOfLower(v: Float64Array, n: number): Float64Array {
  const square = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const row = v.subarray(k * n, k * n + k + 1);
    for (let i = 0; i <= k; i++) {
      const scale = row[i] as number;
      const at = i * n;
      for (let j = 0; j <= i; j++) {
        square[at + j] = (square[at + j] as number) + scale * (row[j] as number);
      }
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) square[j * n + i] = square[i * n + j] as number;
  }
  return square;
}
