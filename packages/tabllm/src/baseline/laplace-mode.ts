/**
 * The mode of a Gaussian process's posterior under a logistic likelihood, and Laplace's approximation
 * of the log evidence, by Newton's method (Rasmussen and Williams 2006, algorithm 3.1):
 *   B = I + W^½ K W^½,  a = b − W^½ B⁻¹ W^½ K b,  f = K a,  log Z ≈ −½ aᵀf + Σ log σ(yᵢfᵢ) − Σ log Lᵢᵢ
 */
import { choleskyInPlace, solveLower, solveUpper } from './cholesky.ts';
import { timesVector } from './matrix.ts';

export interface LaplaceMode {
  /** f = K·alpha at the mode; f at x is Σ alphaᵢ k(xᵢ, x). */
  readonly alpha: Float64Array;
  readonly evidence: number;
}

/** The mode with what it was found by. */
export interface LaplaceState extends LaplaceMode {
  readonly f: Float64Array;
  /** W^½: [n]. */
  readonly root: Float64Array;
  /** L with B = LLᵀ in the lower triangle: [n, n]. */
  readonly factor: Float64Array;
}

const STEPS = 20;
const TOLERANCE = 1e-3;

/** @param kernel [n, n] @param signs ±1 of each row */
export function laplaceMode(kernel: Float64Array, n: number, signs: Int8Array): LaplaceMode {
  const { alpha, evidence } = laplaceState(kernel, n, signs);
  return { alpha, evidence };
}

/**
 * @param kernel [n, n] @param signs ±1 of each row
 * @param tolerance steps end where the log posterior grows by less
 */
export function laplaceState(
  kernel: Float64Array,
  n: number,
  signs: Int8Array,
  tolerance = TOLERANCE,
): LaplaceState {
  let alpha = new Float64Array(n);
  let f = new Float64Array(n);
  let previous = Number.NEGATIVE_INFINITY;
  const b = new Float64Array(n);
  const root = new Float64Array(n);
  const factor = new Float64Array(n * n);
  for (let step = 0; ; step++) {
    let value = 0;
    for (let i = 0; i < n; i++) {
      const [at, sign] = [f[i] as number, signs[i] as number];
      const p = 1 / (1 + Math.exp(-at));
      const weight = Math.max(p * (1 - p), 1e-10);
      root[i] = Math.sqrt(weight);
      b[i] = weight * at + (sign > 0 ? 1 : 0) - p;
      const margin = sign * at;
      value -= Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
      value -= 0.5 * at * (alpha[i] as number);
    }
    for (let i = 0; i < n; i++) {
      const scale = root[i] as number;
      for (let j = 0; j <= i; j++) {
        factor[i * n + j] = scale * (root[j] as number) * (kernel[i * n + j] as number);
      }
      factor[i * n + i] = (factor[i * n + i] as number) + 1;
    }
    choleskyInPlace(factor, n);
    if (step === STEPS || value - previous < tolerance) {
      let logDeterminant = 0;
      for (let i = 0; i < n; i++) logDeterminant += Math.log(factor[i * n + i] as number);
      return { alpha, evidence: value - logDeterminant, f, root, factor };
    }
    previous = value;
    const solved = timesVector(kernel, n, b).map((entry, i) => entry * (root[i] as number));
    solveLower(factor, n, solved);
    solveUpper(factor, n, solved);
    alpha = b.map((entry, i) => entry - (root[i] as number) * (solved[i] as number));
    f = timesVector(kernel, n, alpha);
  }
}
