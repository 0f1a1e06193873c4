/** A Gaussian process that tells classes apart (see `fitKernelClassifier`), as it predicts. */
import { type KernelFunction, type KernelFunctions, kernelValues } from './kernel-functions.ts';
import type { Matrix } from './matrix.ts';

export interface KernelClassifier extends KernelFunctions<LatentFunction> {
  readonly kind: 'kernel';
  readonly classes: number;
}

/** The latent function of a class at a scale. */
export interface LatentFunction extends KernelFunction {
  /** Class that it speaks for. */
  readonly label: number;
  /** Evidence of its scale among the scales. */
  readonly share: number;
}

/** Probabilities [rows, K]. */
export function predictKernelClassifier(model: KernelClassifier, x: Matrix): Float64Array {
  const { classes, functions } = model;
  const latent = kernelValues(model, x);
  const result = new Float64Array(x.rows * classes);
  for (let i = 0; i < x.rows; i++) {
    for (const [f, { label, share }] of functions.entries()) {
      const at = i * classes + label;
      const value = latent[i * functions.length + f] as number;
      result[at] = (result[at] as number) + share / (1 + Math.exp(-value));
    }
    normalise(result, i * classes, classes);
  }
  return result;
}

/** What scales say that are heard sums to 1. */
function normalise(result: Float64Array, start: number, classes: number): void {
  if (classes === 2) {
    result[start] = 1 - (result[start + 1] as number);
    return;
  }
  let total = 0;
  for (let k = start; k < start + classes; k++) total += result[k] as number;
  for (let k = start; k < start + classes; k++) result[k] = (result[k] as number) / total;
}
