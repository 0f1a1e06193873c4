/**
 * Products of row-major matrices in float64: C[m, n] = A[m, k]·B[k, n], Aᵀ·B and A·Bᵀ. The first two stream B's and
 * C's rows, four of the inner dimension at a time: about 1.5 GFLOP/s, enough for factors of any model.
 */

/** A[m, k]·B[k, n] → [m, n]. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const at = i * k + p;
      addFourRows(c, i * n, b, p * n, n, a, at, 1);
    }
    for (; p < k; p++) addRow(c, i * n, b, p * n, n, a[i * k + p] as number);
  }
  return c;
}

/** Aᵀ·B for A[k, m] and B[k, n] → [m, n], without transposing A. */
export function multiplyTransposed(
  a: Float64Array,
  b: Float64Array,
  k: number,
  m: number,
  n: number,
): Float64Array {
  const c = new Float64Array(m * n);
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    for (let i = 0; i < m; i++) {
      const at = p * m + i;
      addFourRows(c, i * n, b, p * n, n, a, at, m);
    }
  }
  for (; p < k; p++) {
    for (let i = 0; i < m; i++) addRow(c, i * n, b, p * n, n, a[p * m + i] as number);
  }
  return c;
}

/** A·Bᵀ for A[m, k] and B[n, k] → [m, n]: for few rows in A, of which B's rows are read once. */
export function multiplyByTransposed(
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
): Float64Array {
  const c = new Float64Array(m * n);
  for (let j = 0; j < n; j++) {
    const from = j * k;
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      const [at0, at1, at2, at3] = [i * k, (i + 1) * k, (i + 2) * k, (i + 3) * k];
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let p = 0; p < k; p++) {
        const value = b[from + p] as number;
        sum0 += (a[at0 + p] as number) * value;
        sum1 += (a[at1 + p] as number) * value;
        sum2 += (a[at2 + p] as number) * value;
        sum3 += (a[at3 + p] as number) * value;
      }
      c[i * n + j] = sum0;
      c[(i + 1) * n + j] = sum1;
      c[(i + 2) * n + j] = sum2;
      c[(i + 3) * n + j] = sum3;
    }
    for (; i < m; i++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += (a[i * k + p] as number) * (b[from + p] as number);
      c[i * n + j] = sum;
    }
  }
  return c;
}

/** A[rows, columns] → [columns, rows]. */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = a[i * columns + j] as number;
  }
  return turned;
}

function addRow(
  c: Float64Array,
  to: number,
  b: Float64Array,
  from: number,
  n: number,
  factor: number,
): void {
  for (let j = 0; j < n; j++) c[to + j] = (c[to + j] as number) + factor * (b[from + j] as number);
}

/** c[to…] += a₀·b[from…] + a₁·(next row of b) + …; the four factors lie `step` apart in a. */
function addFourRows(
  c: Float64Array,
  to: number,
  b: Float64Array,
  from: number,
  n: number,
  a: Float64Array,
  factors: number,
  step: number,
): void {
  const a0 = a[factors] as number;
  const a1 = a[factors + step] as number;
  const a2 = a[factors + 2 * step] as number;
  const a3 = a[factors + 3 * step] as number;
  for (let j = 0; j < n; j++) {
    const at = from + j;
    c[to + j] =
      (c[to + j] as number) +
      (a0 * (b[at] as number) + a1 * (b[at + n] as number)) +
      (a2 * (b[at + 2 * n] as number) + a3 * (b[at + 3 * n] as number));
  }
}
