/**
 * Gaussian-process regression (Rasmussen and Williams 2006, algorithm 2.1) with the kernel of `KernelShape`:
 *   f(x) = Σᵢ αᵢ k(xᵢ, x),  α = (K + σ²I)⁻¹ y
 */
import { choleskyInPlace, solveLower, solveUpper } from './cholesky.ts';
import { kernelFunctions, kernelRows } from './fit-kernel-functions.ts';
import { gramOf } from './kernel-parts.ts';
import type { KernelRegression } from './kernel-regression.ts';
import type { KernelScales, KernelShape } from './kernel-shape.ts';
import type { Matrix } from './matrix.ts';

/** @param rows at most about 500: time grows with their cube @param y value of each row @param norm N */
export function fitKernelRegression(
  rows: Matrix,
  y: Float64Array,
  norm: number,
  shape: KernelShape,
): KernelRegression {
  const kernel = kernelRows(rows, norm, shape);
  const scales = shape.scales[0] as KernelScales;
  const n = rows.rows;
  const gram = gramOf(kernel.parts, scales);
  const { noise = 0 } = scales;
  for (let i = 0; i < n; i++) gram[i * n + i] = (gram[i * n + i] as number) + noise;
  choleskyInPlace(gram, n);
  const alpha = Float64Array.from(y);
  solveLower(gram, n, alpha);
  solveUpper(gram, n, alpha);
  return { kind: 'kernel-regression', ...kernelFunctions(kernel, [{ alpha, scales }]) };
}
