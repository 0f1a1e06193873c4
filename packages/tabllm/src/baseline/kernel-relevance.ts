/**
 * How much each column of a table counts in a kernel: with a relevance r_c of column c (MacKay 1994, Neal
 * 1996: automatic relevance determination) and ⟨x, z⟩ = Σ r_c x_c·z_c, ‖x − z‖² = Σ r_c ‖x_c − z_c‖²,
 *   k(x, z) = a·⟨x, z⟩/N + b·exp(−‖x − z‖²/2N) + 1
 * where log a, log b and log r have the evidence of the labels and normal priors around what holds for all
 * tables. A few steps on a hundred rows find what more rows would.
 */
import { evidenceGradient } from './evidence-gradient.ts';
import { laplaceState } from './laplace-mode.ts';
import { minimise } from './lbfgs.ts';
import { type Matrix, rowOf } from './matrix.ts';
import { oneAgainstOthers } from './one-against-others.ts';

const ROWS = 128;
const STEPS = 8;
const SCALE = { mean: 0.7, sd: 1.5 };
/** A column counts e^±½ times as much as another unless labels say more: chosen on the TabLLM paper's tables. */
const RELEVANCE_SD = 0.5;
/** Of the mode, so that the value does not jump between two kernels. */
const TOLERANCE = 1e-6;

/**
 * @param x rows in any order, the first hundred are looked at @param labels class of each row
 * @param norm N @param sources the table's column that each of the matrix comes from
 * @returns √r of each column of the matrix
 */
export function learnRelevance(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  norm: number,
  sources: readonly number[],
): Float64Array {
  const { evidence, places, count } = relevanceEvidence(x, labels, classes, norm, sources);
  const start = new Float64Array(2 + count);
  start.fill(SCALE.mean, 0, 2);
  const found = minimise(
    (theta, gradient) => {
      const value = evidence(theta, gradient);
      let prior = 0;
      for (const [t, at] of theta.entries()) {
        const { mean, sd } = t < 2 ? SCALE : { mean: 0, sd: RELEVANCE_SD };
        prior += (at - mean) ** 2 / (2 * sd ** 2);
        gradient[t] = (at - mean) / sd ** 2 - (gradient[t] as number);
      }
      return prior - value;
    },
    start,
    { iterations: STEPS, tolerance: 1e-2 },
  );
  return Float64Array.from(places, (place) => Math.exp((found[2 + place] as number) / 2));
}

/** The log evidence of log a, log b and log r of each source, and its gradient; summed over the classes. */
export function relevanceEvidence(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  norm: number,
  sources: readonly number[],
): {
  readonly evidence: (theta: Float64Array, gradient: Float64Array) => number;
  /** Of each column of the matrix, the place of its source among the r. */
  readonly places: readonly number[];
  readonly count: number;
} {
  const n = Math.min(x.rows, ROWS);
  const known = [...new Set(sources)];
  const places = sources.map((source) => known.indexOf(source));
  const count = known.length;
  const sides = oneAgainstOthers(labels.subarray(0, n), classes);
  const line = new Float64Array(n * n);
  const curve = new Float64Array(n * n);
  const kernel = new Float64Array(n * n);
  const evidence = (theta: Float64Array, gradient: Float64Array): number => {
    const [a, b] = [Math.exp(theta[0] as number), Math.exp(theta[1] as number)];
    const weights = Float64Array.from(
      places,
      (place) => Math.exp(theta[2 + place] as number) / norm,
    );
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let [product, distance] = [0, 0];
        const [left, right] = [rowOf(x, i), rowOf(x, j)];
        for (let c = 0; c < weights.length; c++) {
          const [p, q, weight] = [left[c], right[c], weights[c]] as [number, number, number];
          product += weight * p * q;
          distance += weight * (p - q) ** 2;
        }
        line[i * n + j] = line[j * n + i] = a * product;
        curve[i * n + j] = curve[j * n + i] = b * Math.exp(-distance / 2);
      }
    }
    for (let i = 0; i < kernel.length; i++) {
      kernel[i] = (line[i] as number) + (curve[i] as number) + 1;
    }
    gradient.fill(0);
    let total = 0;
    for (const { signs } of sides) {
      const state = laplaceState(kernel, n, signs, TOLERANCE);
      total += state.evidence;
      addGradient(evidenceGradient(kernel, n, signs, state), a, weights, gradient);
    }
    return total;
  };
  return { evidence, places, count };

  /** Σᵢⱼ factorᵢⱼ ∂kᵢⱼ/∂θ for each θ. */
  function addGradient(
    factors: Float64Array,
    a: number,
    weights: Float64Array,
    gradient: Float64Array,
  ): void {
    const perColumn = new Float64Array(weights.length);
    for (let i = 0; i < n; i++) {
      const left = rowOf(x, i);
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        const onLine = (factors[at] as number) * (line[at] as number);
        const onCurve = (factors[at] as number) * (curve[at] as number);
        gradient[0] = (gradient[0] as number) + onLine;
        gradient[1] = (gradient[1] as number) + onCurve;
        const [ofProduct, ofDistance] = [a * (factors[at] as number), onCurve / 2];
        const right = rowOf(x, j);
        for (let c = 0; c < perColumn.length; c++) {
          const [p, q] = [left[c], right[c]] as [number, number];
          perColumn[c] = (perColumn[c] as number) + ofProduct * p * q - ofDistance * (p - q) ** 2;
        }
      }
    }
    for (const [c, place] of places.entries()) {
      const own = (perColumn[c] as number) * (weights[c] as number);
      gradient[2 + place] = (gradient[2 + place] as number) + own;
    }
  }
}
