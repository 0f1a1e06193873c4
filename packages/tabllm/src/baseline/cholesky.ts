/** Cholesky factors of symmetric positive definite matrices, row after row, and what they solve. */

/** Writes L with A = LLᵀ into the lower triangle of A [n, n]. */
export function choleskyInPlace(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = a[row + j] as number;
      for (let k = 0; k < j; k++) sum -= (a[row + k] as number) * (a[other + k] as number);
      a[row + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (a[other + j] as number);
    }
  }
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

/**
 * The rows that a kernel matrix is spanned by best, one after the other the one that the others explain
 * least (pivoted Cholesky; Fine and Scheinberg 2001), until all are explained or there are `most`.
 */
export function spanningRows(kernel: Float64Array, n: number, most: number): number[] {
  const left = Float64Array.from({ length: n }, (_, i) => kernel[i * n + i] as number);
  const factors: Float64Array[] = [];
  const chosen: number[] = [];
  while (chosen.length < Math.min(n, most)) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if ((left[i] as number) > (left[pivot] as number)) pivot = i;
    const rest = left[pivot] as number;
    if (rest < 1e-6) break;
    const root = Math.sqrt(rest);
    const factor = Float64Array.from({ length: n }, (_, i) => {
      let sum = kernel[i * n + pivot] as number;
      for (const before of factors) sum -= (before[i] as number) * (before[pivot] as number);
      return sum / root;
    });
    for (let i = 0; i < n; i++) left[i] = (left[i] as number) - (factor[i] as number) ** 2;
    left[pivot] = 0;
    factors.push(factor);
    chosen.push(pivot);
  }
  return chosen;
}
