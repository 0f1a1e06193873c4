/** What labels say of a kernel matrix, for learning the kernel: log evidence, and how it changes with each entry. */
import {
  choleskyInPlace,
  inverseOfLower,
  solveLower,
  solveUpper,
  squareOfLower,
} from './cholesky.ts';
import { evidenceGradient } from './evidence-gradient.ts';
import { laplaceState } from './laplace-mode.ts';
import { oneAgainstOthers } from './one-against-others.ts';

export interface LabelEvidence {
  /** How often it looks at a kernel: one for each class. */
  readonly sides: number;
  readonly priors: ScalePriors;
  /** Of each side; they add up. @param kernel [n, n] of the rows whose labels they are */
  of(kernel: Float64Array, n: number): Iterable<SideEvidence>;
}

/** Of log a, log b and log c of a kernel (see `KernelShape`) and, of labels with noise, the log of its variance. */
export type ScalePriors =
  | readonly [line: Prior, curve: Prior, bend: Prior]
  | readonly [line: Prior, curve: Prior, bend: Prior, noise: Prior];

export interface Prior {
  readonly mean: number;
  readonly sd: number;
}

export interface SideEvidence {
  readonly evidence: number;
  /** ∂ evidence / ∂ kernelᵢⱼ: [n, n]. */
  readonly factors: Float64Array;
}

const SD = 1.5;
/** Of log-odds: chosen on the TabLLM paper's tables. */
const OF_CLASSES: ScalePriors = [
  { mean: 0.7, sd: SD },
  { mean: 0.7, sd: SD },
  { mean: -0.7, sd: SD },
];
/** Of a quantity whose variance is 1: chosen on 24 tables of R's data sets. */
const OF_VALUES: ScalePriors = [
  { mean: -1.5, sd: SD },
  { mean: -0.5, sd: SD },
  { mean: -1.5, sd: SD },
  { mean: -1, sd: SD },
];

/** Of the mode, so that the value does not jump between two kernels. */
const TOLERANCE = 1e-6;

/** Of classes, one against the others, by Laplace's method. */
export function evidenceOfClasses(labels: Int32Array, classes: number): LabelEvidence {
  const sides = oneAgainstOthers(labels, classes);
  return {
    sides: sides.length,
    priors: OF_CLASSES,
    *of(kernel, n) {
      for (const { signs } of sides) {
        const state = laplaceState(kernel, n, signs, TOLERANCE);
        yield { evidence: state.evidence, factors: evidenceGradient(kernel, n, signs, state) };
      }
    },
  };
}

/** Of numbers, with the noise on the kernel's diagonal. */
export function evidenceOfValues(y: Float64Array): LabelEvidence {
  return { sides: 1, priors: OF_VALUES, of: (kernel, n) => [normalEvidence(kernel, n, y)] };
}

/**
 * Log evidence of normal numbers (Rasmussen and Williams 2006, equations 2.30 and 5.9):
 *   log p(y) = −½ yᵀα − Σ log Lᵢᵢ − ½ n log 2π,  ∂/∂K = ½ (ααᵀ − K⁻¹),  K = LLᵀ, α = K⁻¹y
 */
function normalEvidence(kernel: Float64Array, n: number, y: Float64Array): SideEvidence {
  const factor = kernel.slice();
  choleskyInPlace(factor, n);
  const alpha = Float64Array.from(y);
  solveLower(factor, n, alpha);
  solveUpper(factor, n, alpha);
  let evidence = -0.5 * n * Math.log(2 * Math.PI);
  for (let i = 0; i < n; i++) {
    evidence -= 0.5 * (y[i] as number) * (alpha[i] as number);
    evidence -= Math.log(factor[i * n + i] as number);
  }
  const factors = squareOfLower(inverseOfLower(factor, n), n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const product = (alpha[i] as number) * (alpha[j] as number);
      factors[i * n + j] = 0.5 * (product - (factors[i * n + j] as number));
    }
  }
  return { evidence, factors };
}
