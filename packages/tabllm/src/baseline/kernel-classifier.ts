/**
 * Gaussian-process classification by Laplace's method (Rasmussen and Williams 2006, algorithms 3.1 and
 * 3.2), one class against the others, with a kernel that is half a line and half a smooth curve:
 *   k(x, z) = s·(½ x·z/N + ½ exp(−‖x − z‖²/2N)) + 1        N = mean ‖x − mean‖²
 * of columns that are multiplied by how much they count (see `learnRelevance`). Scales s are averaged by
 * their evidence. A line costs a row its non-zero entries; the curve is projected on a few rows that span
 * it (pivoted Cholesky), so that a prediction stays cheap.
 */
import { choleskyInPlace, solveLower, solveUpper, spanningRows } from './cholesky.ts';
import { type KernelCurve, plainCurve, spanningColumns } from './kernel-curve.ts';
import { curveInLanes } from './kernel-curve-lanes.ts';
import { laplaceMode } from './laplace-mode.ts';
import { type Matrix, pickRows, rowOf, timesVector } from './matrix.ts';
import { type ClassSide, oneAgainstOthers } from './one-against-others.ts';
import { filledOf } from './sparse-products.ts';

export interface KernelClassifier {
  readonly kind: 'kernel';
  readonly classes: number;
  /** N of the kernel. */
  readonly norm: number;
  /** What columns are multiplied by: [D]. */
  readonly relevance: Float32Array;
  /** Rows that span the curve, multiplied so: [m, D]. */
  readonly spanning: Matrix;
  readonly functions: readonly LatentFunction[];
}

/** The latent function of a class at a scale. */
interface LatentFunction {
  /** Class that it speaks for. */
  readonly label: number;
  /** Evidence of its scale among the scales. */
  readonly share: number;
  /** Weights of the line, the intercept last: [D+1]. */
  readonly line: Float32Array;
  /** Weights of the spanning rows: [m]. */
  readonly curve: Float32Array;
}

const SCALES = [2, 8, 32] as const;
const MOST_SPANNING = 96;
/** λ of the projection on them. */
const SMOOTHING = 0.01;
/** Evidence below which a scale is not heard. */
const NEGLIGIBLE = 0.01;

/**
 * @param rows at most about 500: time grows with their cube @param labels class of each row
 * @param relevance what columns are multiplied by; default 1
 */
export function fitKernelClassifier(
  rows: Matrix,
  labels: Int32Array,
  classes: number,
  norm: number,
  relevance: Float64Array = new Float64Array(rows.columns).fill(1),
): KernelClassifier {
  const factors = Float32Array.from(relevance);
  const x = multiplied(rows, factors);
  const { rows: n } = x;
  const curve = new Float64Array(n * n);
  const line = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const { product, distance } = compare(rowOf(x, i), rowOf(x, j));
      line[i * n + j] = line[j * n + i] = product / norm;
      curve[i * n + j] = curve[j * n + i] = Math.exp(-distance / (2 * norm));
    }
  }
  const spanned = spanningRows(curve, n, MOST_SPANNING);
  const spanning = rounded(pickRows(x, spanned));
  const project = projector(curve, n, spanned);
  const sides = oneAgainstOthers(labels, classes);
  const gram = new Float64Array(n * n);
  const scales = SCALES.map((scale) => {
    for (let i = 0; i < gram.length; i++) {
      gram[i] = (scale * ((line[i] as number) + (curve[i] as number))) / 2 + 1;
    }
    const modes = sides.map(({ signs }) => laplaceMode(gram, n, signs));
    const evidence = modes.reduce((sum, mode) => sum + mode.evidence / sides.length, 0);
    return { scale, modes, evidence };
  });
  const shares = sharesOf(scales.map(({ evidence }) => evidence));
  return {
    kind: 'kernel',
    classes,
    norm,
    relevance: factors,
    spanning,
    functions: scales.flatMap(({ scale, modes }, at) => {
      const share = shares[at] as number;
      if (share === 0) return [];
      return modes.map(({ alpha }, k): LatentFunction => {
        const half = alpha.map((value) => (value * scale) / 2);
        return {
          label: (sides[k] as ClassSide).label,
          share,
          line: lineOf(x, half, alpha, norm),
          curve: Float32Array.from(project(half)),
        };
      });
    }),
  };
}

/** Probabilities [rows, K]. */
export function predictKernelClassifier(model: KernelClassifier, x: Matrix): Float64Array {
  const { classes, norm, relevance, spanning, functions } = model;
  const m = spanning.rows;
  const curve = curveOf(spanning);
  const found = curve.values;
  const { places, starts, values } = filledOf(x);
  const entries = { places, values: new Float64Array(values.length) };
  const scale = -1 / (2 * norm);
  const result = new Float64Array(x.rows * classes);
  for (let i = 0; i < x.rows; i++) {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    let square = 0;
    for (let e = from; e < to; e++) {
      const value = (values[e] as number) * (relevance[places[e] as number] as number);
      entries.values[e] = value;
      square += value * value;
    }
    curve.find(entries, from, to, square, scale);
    for (const { label, share, line, curve: weights } of functions) {
      let latent = line[x.columns] as number;
      for (let e = from; e < to; e++) {
        latent += (line[places[e] as number] as number) * (entries.values[e] as number);
      }
      for (let r = 0; r < m; r++) latent += (weights[r] as number) * (found[r] as number);
      const at = i * classes + label;
      result[at] = (result[at] as number) + share / (1 + Math.exp(-latent));
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

/** Mean ‖x − mean‖² of the rows: the N of the kernel, best taken from unlabelled rows, too. */
export function kernelNorm(x: Matrix): number {
  let norm = 0;
  for (let j = 0; j < x.columns; j++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < x.rows; i++) {
      const value = x.values[i * x.columns + j] as number;
      sum += value;
      squares += value * value;
    }
    norm += squares / x.rows - (sum / x.rows) ** 2;
  }
  return norm > 0 ? norm : 1;
}

/** Σᵢ aᵢ k_line(xᵢ, ·) as weights, and Σᵢ αᵢ as intercept. */
function lineOf(x: Matrix, a: Float64Array, alpha: Float64Array, norm: number): Float32Array {
  const weights = new Float64Array(x.columns + 1);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(x, i);
    const scaled = (a[i] as number) / norm;
    for (let j = 0; j < row.length; j++) {
      weights[j] = (weights[j] as number) + scaled * (row[j] as number);
    }
    weights[x.columns] = (weights[x.columns] as number) + (alpha[i] as number);
  }
  return Float32Array.from(weights);
}

/**
 * The function of the spanning rows that is nearest on all rows: (K_mn K_nm + λ K_mm)⁻¹ K_mn K a, λ = 0.01.
 * (The nearest by the kernel's own norm agrees on the spanning rows, and less elsewhere.)
 */
function projector(
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

function sharesOf(evidence: readonly number[]): number[] {
  const most = Math.max(...evidence);
  const powers = evidence.map((value) => Math.exp(value - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const kept = powers.map((power) => (power < NEGLIGIBLE * total ? 0 : power));
  const rest = kept.reduce((sum, power) => sum + power, 0);
  return kept.map((power) => power / rest);
}

function compare(a: Float64Array, b: Float64Array): { product: number; distance: number } {
  let [product, distance] = [0, 0];
  for (let j = 0; j < a.length; j++) {
    const [left, right] = [a[j] as number, b[j] as number];
    product += left * right;
    distance += (left - right) ** 2;
  }
  return { product, distance };
}

/** They last as long as their rows. */
const curves = new WeakMap<Matrix, KernelCurve>();

function curveOf(spanning: Matrix): KernelCurve {
  const known = curves.get(spanning);
  if (known) return known;
  const columns = spanningColumns(spanning);
  const curve = curveInLanes(columns) ?? plainCurve(columns);
  curves.set(spanning, curve);
  return curve;
}

function multiplied(x: Matrix, factors: Float32Array): Matrix {
  const values = x.values.map((value, i) => value * (factors[i % x.columns] as number));
  return { ...x, values };
}

/** As a file will hold them, so that a saved model says the same. */
function rounded(x: Matrix): Matrix {
  return { ...x, values: x.values.map(Math.fround) };
}
