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
import { bendKernel } from './bends.ts';
import { evidenceGradient } from './evidence-gradient.ts';
import type { KernelShape } from './kernel-shape.ts';
import { laplaceState } from './laplace-mode.ts';
import { minimise } from './lbfgs.ts';
import { type Matrix, pickRows } from './matrix.ts';
import { oneAgainstOthers } from './one-against-others.ts';
import { filledOf } from './sparse-products.ts';

export interface LearnKernelOptions {
  /** N of the kernel. */
  readonly norm: number;
  /** The table's column that each of the matrix comes from. */
  readonly sources: readonly number[];
  /** Columns of the matrix that bend by themselves; default none. */
  readonly bent?: readonly number[];
}

/** Cubes of the rows of all parts, times the classes, at most: two parts of 256 rows of two classes. */
const MOST_WORK = 2 * 256 ** 3;
const STEPS = 12;
/** Of log a, log b and log c. */
const SCALES = [
  { mean: 0.7, sd: 1.5 },
  { mean: 0.7, sd: 1.5 },
  { mean: -0.7, sd: 1.5 },
] as const;
/** A column counts e^±0.7 times as much as another unless labels say more: chosen on the TabLLM paper's tables. */
const RELEVANCE_SD = 0.7;
/** Of the mode, so that the value does not jump between two kernels. */
const TOLERANCE = 1e-6;

/** @param x rows in any order, at most some 500 @param labels class of each row */
export function learnKernel(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  options: LearnKernelOptions,
): KernelShape {
  const sides = classes === 2 ? 1 : classes;
  const parts = Math.max(1, Math.ceil(Math.sqrt((sides * x.rows ** 3) / MOST_WORK)));
  const [first, ...others] = Array.from({ length: parts }, (_, part) => {
    const rows = [...labels.keys()].filter((row) => row % parts === part);
    const known = Int32Array.from(rows, (row) => labels[row] as number);
    return kernelEvidence(pickRows(x, rows), known, classes, options);
  });
  const { evidence, places, count } = first as KernelEvidence;
  const start = new Float64Array(SCALES.length + count);
  for (const [t, { mean }] of SCALES.entries()) start[t] = mean;
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
        const { mean, sd } = SCALES[t] ?? { mean: 0, sd: RELEVANCE_SD };
        prior += (at - mean) ** 2 / (2 * sd ** 2);
        gradient[t] = (at - mean) / sd ** 2 - (gradient[t] as number);
      }
      return prior - value;
    },
    start,
    { iterations: STEPS, tolerance: 1e-2 },
  );
  const [line = 0, curve = 0, bend = 0] = found.subarray(0, SCALES.length).map(Math.exp);
  const relevance = Float64Array.from(places, (place) =>
    Math.exp((found[SCALES.length + place] as number) / 2),
  );
  return { relevance, bent: options.bent ?? [], scales: [{ line, curve, bend }] };
}

export interface KernelEvidence {
  /** Of log a, log b, log c and log r of each source, summed over the classes; writes its gradient. */
  readonly evidence: (theta: Float64Array, gradient: Float64Array) => number;
  /** Of each column of the matrix, the place of its source among the r. */
  readonly places: readonly number[];
  readonly count: number;
}

/** The log evidence of the labels of some hundred rows. */
export function kernelEvidence(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  { norm, sources, bent = [] }: LearnKernelOptions,
): KernelEvidence {
  const n = x.rows;
  const { places: columns, values, starts } = filledOf(x);
  const known = [...new Set(sources)];
  const places = sources.map((source) => known.indexOf(source));
  const count = known.length;
  const sides = oneAgainstOthers(labels, classes);
  const line = new Float64Array(n * n);
  const curve = new Float64Array(n * n);
  const kernel = new Float64Array(n * n);
  const bends = bent.map((column) => ({
    place: SCALES.length + (places[column] as number),
    bend: bendKernel(x, column, norm),
  }));
  const evidence = (theta: Float64Array, gradient: Float64Array): number => {
    const [a = 0, b = 0, c = 0] = theta.subarray(0, SCALES.length).map(Math.exp);
    const weights = Float64Array.from(
      places,
      (place) => Math.exp(theta[SCALES.length + place] as number) / norm,
    );
    fillKernels(a, b, weights);
    for (const { place, bend } of bends) {
      const scale = c * Math.exp(theta[place] as number);
      for (let i = 0; i < kernel.length; i++) {
        kernel[i] = (kernel[i] as number) + scale * (bend[i] as number);
      }
    }
    gradient.fill(0);
    let total = 0;
    for (const { signs } of sides) {
      const state = laplaceState(kernel, n, signs, TOLERANCE);
      total += state.evidence;
      const factors = evidenceGradient(kernel, n, signs, state);
      addSmooth(factors, a, weights, gradient);
      addBends(factors, c, theta, gradient);
    }
    return total;
  };
  return { evidence, places, count };

  /** Line, curve and what they are together beside the 1. */
  function fillKernels(a: number, b: number, weights: Float64Array): void {
    const weighed = new Float64Array(weights.length);
    const squares = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      for (let e = from; e < to; e++) {
        const column = columns[e] as number;
        weighed[column] = (weights[column] as number) * (values[e] as number);
      }
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let e = starts[j] as number; e < (starts[j + 1] as number); e++) {
          product += (values[e] as number) * (weighed[columns[e] as number] as number);
        }
        if (j === i) squares[i] = product;
        line[i * n + j] = product;
      }
      for (let e = from; e < to; e++) weighed[columns[e] as number] = 0;
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const product = line[i * n + j] as number;
        const distance = (squares[i] as number) + (squares[j] as number) - 2 * product;
        const [straight, bent] = [a * product, b * Math.exp(-Math.max(distance, 0) / 2)];
        line[i * n + j] = line[j * n + i] = straight;
        curve[i * n + j] = curve[j * n + i] = bent;
        kernel[i * n + j] = kernel[j * n + i] = straight + bent + 1;
      }
    }
  }

  /** Σᵢⱼ factorᵢⱼ ∂kᵢⱼ/∂θ of line and curve. */
  function addSmooth(
    factors: Float64Array,
    a: number,
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
        const bent = factor * (curve[at] as number);
        ofLine += factor * (line[at] as number);
        ofCurve += bent;
        const product = a * factor + bent;
        squares[i] = (squares[i] as number) - bent / 2;
        squares[j] = (squares[j] as number) - bent / 2;
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
      const at = SCALES.length + place;
      gradient[at] = (gradient[at] as number) + own;
    }
  }

  /** The same of the bends: each grows with its r as with c. */
  function addBends(
    factors: Float64Array,
    c: number,
    theta: Float64Array,
    gradient: Float64Array,
  ): void {
    for (const { place, bend } of bends) {
      let sum = 0;
      for (let i = 0; i < bend.length; i++) {
        sum += (factors[i] as number) * (bend[i] as number);
      }
      const own = c * Math.exp(theta[place] as number) * sum;
      gradient[2] = (gradient[2] as number) + own;
      gradient[place] = (gradient[place] as number) + own;
    }
  }
}
