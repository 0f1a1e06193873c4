/** A Gaussian process of a quantity (see `fitKernelRegression`), as it predicts. */
import { type KernelFunctions, kernelValues } from './kernel-functions.ts';
import type { Matrix } from './matrix.ts';

/** Of one function. */
export interface KernelRegression extends KernelFunctions {
  readonly kind: 'kernel-regression';
}

/** Values [rows]. */
export function predictKernelRegression(model: KernelRegression, x: Matrix): Float64Array {
  return kernelValues(model, x);
}
