/**
 * How much the parts of a kernel count, and each column of a table within them, learned from labels: with a
 * relevance r_c of column c (MacKay 1994, Neal 1996: automatic relevance determination), ⟨x, z⟩ = Σ r_c x_c·z_c,
 * ‖x − z‖² = Σ r_c ‖x_c − z_c‖² and q the columns that bend by themselves (an additive kernel; Duvenaud,
 * Nickisch and Rasmussen 2011),
 *   k(x, z) = a·⟨x, z⟩/N + b·exp(−‖x − z‖²/2N) + c·Σ_q r_q exp(−(x_q − z_q)²)/2N + 1
 * where log a, log b, log c and log r have the evidence of the labels and normal priors around what holds for
 * all tables. Of many rows the evidence is summed over parts, as if each knew nothing of the others (Deisenroth
 * and Ng 2015), for its time grows with the cube of a part. Few parts tell most of curves.
 */
import { bendKernel, gramOf, type KernelParts, lineAndCurve, sumOfBends } from './kernel-parts.ts';
import type { KernelScales, KernelShape } from './kernel-shape.ts';
import {
  evidenceOfClasses,
  evidenceOfValues,
  type LabelEvidence,
  type Prior,
} from './label-evidence.ts';
import { minimise } from './lbfgs.ts';
import { type Matrix, pickRows } from './matrix.ts';
import { filledOf } from './sparse-products.ts';

export interface LearnKernelOptions {
  /** N of the kernel. */
  readonly norm: number;
  /** What each column of the matrix is a view of, see `Encoder`: those of one share a relevance. */
  readonly views: readonly number[];
  /** Columns of the matrix that bend by themselves; default none. */
  readonly bent?: readonly number[];
}

/** Cubes of the rows of all parts, times the sides, at most: two parts of 256 rows of two classes. */
const MOST_WORK = 2 * 256 ** 3;
const STEPS = 12;
/** Place of the noise in θ. */
const NOISE = 3;
/** Variance of the noise at least: without any, rows that are nearly the same leave the evidence to rounding. */
const LEAST_NOISE = 1e-4;
/** A column counts e^±0.7 times as much as another unless labels say more: chosen on the TabLLM paper's tables. */
const RELEVANCE_SD = 0.7;

/**
 * @param x rows in any order, at most some 500
 * @param evidenceOf what the labels of some of the rows say of a kernel
 */
function learnKernel(
  x: Matrix,
  evidenceOf: (rows: readonly number[]) => LabelEvidence,
  options: LearnKernelOptions,
): KernelShape {
  const all = Array.from({ length: x.rows }, (_, row) => row);
  const work = evidenceOf(all).sides * x.rows ** 3;
  const parts = Math.max(1, Math.ceil(Math.sqrt(work / MOST_WORK)));
  const [first, ...others] = Array.from({ length: parts }, (_, part) => {
    const rows = all.filter((row) => row % parts === part);
    return kernelEvidence(pickRows(x, rows), evidenceOf(rows), options);
  });
  const { evidence, places, priors, scalesAt } = first as KernelEvidence;
  const start = Float64Array.from(priors, ({ mean }) => mean);
  const found = minimise(
    (theta, gradient) => {
      let value = evidence(theta, gradient);
      const own = new Float64Array(theta.length);
      for (const other of others) {
        value += other.evidence(theta, own);
        for (const [t, slope] of own.entries()) gradient[t] = (gradient[t] as number) + slope;
      }
      let prior = 0;
      for (const [t, at] of theta.entries()) {
        const { mean, sd } = priors[t] as Prior;
        prior += (at - mean) ** 2 / (2 * sd ** 2);
        gradient[t] = (at - mean) / sd ** 2 - (gradient[t] as number);
      }
      return prior - value;
    },
    start,
    { iterations: STEPS, tolerance: 1e-2 },
  );
  const relevance = Float64Array.from(places, (place) => Math.exp((found[place] as number) / 2));
  return { relevance, bent: options.bent ?? [], scales: [scalesAt(found)] };
}

/** Of classes. @param labels class of each row */
export function learnKernelOfClasses(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  options: LearnKernelOptions,
): KernelShape {
  const evidenceOf = (rows: readonly number[]) =>
    evidenceOfClasses(
      Int32Array.from(rows, (row) => labels[row] as number),
      classes,
    );
  return learnKernel(x, evidenceOf, options);
}

/** Of a quantity. @param y of mean 0 and variance 1 */
export function learnKernelOfValues(
  x: Matrix,
  y: Float64Array,
  options: LearnKernelOptions,
): KernelShape {
  const evidenceOf = (rows: readonly number[]) =>
    evidenceOfValues(Float64Array.from(rows, (row) => y[row] as number));
  return learnKernel(x, evidenceOf, options);
}

export interface KernelEvidence {
  /** Of θ: log a, log b, log c, that of the noise where there is any, and log r of each view; writes its gradient. */
  readonly evidence: (theta: Float64Array, gradient: Float64Array) => number;
  /** Of each column of the matrix, the place of its r in θ. */
  readonly places: readonly number[];
  /** Of each of θ. */
  readonly priors: readonly Prior[];
  readonly scalesAt: (theta: Float64Array) => KernelScales;
}

/** The log evidence of the labels of some hundred rows. */
export function kernelEvidence(
  x: Matrix,
  labels: LabelEvidence,
  { norm, views, bent = [] }: LearnKernelOptions,
): KernelEvidence {
  const n = x.rows;
  const { places: columns, values, starts } = filledOf(x);
  const known = [...new Set(views)];
  const { priors: scalars } = labels;
  const places = views.map((view) => scalars.length + known.indexOf(view));
  const priors = [...scalars, ...known.map(() => ({ mean: 0, sd: RELEVANCE_SD }))];
  const bends = bent.map((column) => bendKernel(x, column, norm));
  const evidence = (theta: Float64Array, gradient: Float64Array): number => {
    const scales = scalesAt(theta);
    const relevances = theta.map(Math.exp);
    const weights = Float64Array.from(places, (place) => (relevances[place] as number) / norm);
    const ofBends = bent.map((column) => relevances[places[column] as number] as number);
    const parts = { ...lineAndCurve(x, weights), bent: sumOfBends(n, bends, ofBends) };
    const kernel = gramOf(parts, scales);
    const { noise = 0 } = scales;
    for (let i = 0; i < n; i++) kernel[i * n + i] = (kernel[i * n + i] as number) + noise;
    gradient.fill(0);
    let total = 0;
    for (const { evidence: own, factors } of labels.of(kernel, n)) {
      total += own;
      addSmooth(factors, parts, scales, weights, gradient);
      addBends(factors, scales, ofBends, gradient);
      if (noise > 0) addNoise(factors, noise - LEAST_NOISE, gradient);
    }
    return total;
  };
  return { evidence, places, priors, scalesAt };

  function scalesAt(theta: Float64Array): KernelScales {
    const [line = 0, curve = 0, bend = 0, ...noise] = theta
      .subarray(0, scalars.length)
      .map(Math.exp);
    return {
      line,
      curve,
      bend,
      ...(noise.length > 0 && { noise: (noise[0] as number) + LEAST_NOISE }),
    };
  }

  /** Σᵢⱼ factorᵢⱼ ∂kᵢⱼ/∂θ of line and curve. */
  function addSmooth(
    factors: Float64Array,
    { line, curve }: KernelParts,
    { line: a, curve: b }: KernelScales,
    weights: Float64Array,
    gradient: Float64Array,
  ): void {
    const perColumn = new Float64Array(weights.length);
    // (p − q)² = p² + q² − 2pq: what products of columns count, row by row, and squares.
    const products = new Float64Array(weights.length);
    const squares = new Float64Array(n);
    let [ofLine, ofCurve] = [0, 0];
    for (let i = 0; i < n; i++) {
      products.fill(0);
      for (let j = 0; j <= i; j++) {
        const at = i * n + j;
        const factor = (factors[at] as number) + (i === j ? 0 : (factors[j * n + i] as number));
        const curved = factor * b * (curve[at] as number);
        ofLine += factor * a * (line[at] as number);
        ofCurve += curved;
        const product = a * factor + curved;
        squares[i] = (squares[i] as number) - curved / 2;
        squares[j] = (squares[j] as number) - curved / 2;
        for (let e = starts[j] as number; e < (starts[j + 1] as number); e++) {
          const column = columns[e] as number;
          products[column] = (products[column] as number) + product * (values[e] as number);
        }
      }
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const column = columns[e] as number;
        perColumn[column] =
          (perColumn[column] as number) + (values[e] as number) * (products[column] as number);
      }
    }
    for (let i = 0; i < n; i++) {
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const column = columns[e] as number;
        perColumn[column] =
          (perColumn[column] as number) + (squares[i] as number) * (values[e] as number) ** 2;
      }
    }
    gradient[0] = (gradient[0] as number) + ofLine;
    gradient[1] = (gradient[1] as number) + ofCurve;
    for (const [d, place] of places.entries()) {
      const own = (perColumn[d] as number) * (weights[d] as number);
      gradient[place] = (gradient[place] as number) + own;
    }
  }

  function addNoise(factors: Float64Array, learned: number, gradient: Float64Array): void {
    let trace = 0;
    for (let i = 0; i < n; i++) trace += factors[i * n + i] as number;
    gradient[NOISE] = (gradient[NOISE] as number) + learned * trace;
  }

  /** The same of the bends: each grows with its r as with c. */
  function addBends(
    factors: Float64Array,
    { bend: c }: KernelScales,
    relevances: readonly number[],
    gradient: Float64Array,
  ): void {
    for (const [q, bend] of bends.entries()) {
      let sum = 0;
      for (let i = 0; i < bend.length; i++) {
        sum += (factors[i] as number) * (bend[i] as number);
      }
      const own = c * (relevances[q] as number) * sum;
      const at = places[bent[q] as number] as number;
      gradient[2] = (gradient[2] as number) + own;
      gradient[at] = (gradient[at] as number) + own;
    }
  }
}
