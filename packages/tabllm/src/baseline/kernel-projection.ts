/** Functions of all rows of a kernel matrix as functions of some of them. */
import { choleskyInPlace, solveLower, solveUpper } from './cholesky.ts';
import { timesVector } from './matrix.ts';

/** λ of the projection. */
const SMOOTHING = 0.01;

/**
 * The function of the spanning rows that is nearest on all rows: (K_mn K_nm + λ K_mm)⁻¹ K_mn K a, λ = 0.01.
 * (The nearest by the kernel's own norm agrees on the spanning rows, and less elsewhere.)
 */
export function projector(
  kernel: Float64Array,
  n: number,
  spanned: readonly number[],
): (a: Float64Array) => Float64Array {
  const m = spanned.length;
  const rows = spanned.map((i) => kernel.subarray(i * n, (i + 1) * n));
  const inner = new Float64Array(m * m);
  for (const [r, own] of rows.entries()) {
    for (const [c, i] of spanned.slice(0, r + 1).entries()) {
      const other = rows[c] as Float64Array;
      let sum = SMOOTHING * (own[i] as number);
      for (let j = 0; j < n; j++) sum += (own[j] as number) * (other[j] as number);
      inner[r * m + c] = sum;
    }
    inner[r * m + r] = (inner[r * m + r] as number) + 1e-6;
  }
  choleskyInPlace(inner, m);
  return (a) => {
    const f = timesVector(kernel, n, a);
    const b = Float64Array.from(rows, (row) =>
      row.reduce((sum, value, j) => sum + value * (f[j] as number), 0),
    );
    solveLower(inner, m, b);
    solveUpper(inner, m, b);
    return b;
  };
}
