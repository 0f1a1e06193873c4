/**
 * Gaussian-process classification by Laplace's method (Rasmussen and Williams 2006, algorithms 3.1 and
 * 3.2), one class against the others, with a kernel that is a line, a smooth curve of all columns and curves
 * of single ones (see `KernelShape`). Several scales are averaged by their evidence. The curve of all columns
 * is projected on a few rows that tell it best, those of single columns become tables, so that a prediction
 * stays cheap.
 */
import { bendKernel, bendsOf, bendTables } from './bends.ts';
import type { KernelClassifier, LatentFunction } from './kernel-classifier.ts';
import { projector } from './kernel-projection.ts';
import { pursueRows } from './kernel-pursuit.ts';
import { type KernelShape, plainShape } from './kernel-shape.ts';
import { laplaceMode } from './laplace-mode.ts';
import { type Matrix, pickRows, rowOf, timesVector } from './matrix.ts';
import { type ClassSide, oneAgainstOthers } from './one-against-others.ts';

const MOST_SPANNING = 96;
/** Evidence below which a scale is not heard. */
const NEGLIGIBLE = 0.01;

/**
 * @param rows at most about 500: time grows with their cube @param labels class of each row
 * @param norm N @param shape default: of columns that count the same
 */
export function fitKernelClassifier(
  rows: Matrix,
  labels: Int32Array,
  classes: number,
  norm: number,
  shape: KernelShape = plainShape(rows.columns),
): KernelClassifier {
  const factors = Float32Array.from(shape.relevance);
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
  const bends = bendsOf(rows, shape.bent);
  const relevances = shape.bent.map((column) => (factors[column] as number) ** 2);
  const bent = sumOfBends(rows, shape.bent, relevances, norm);
  const sides = oneAgainstOthers(labels, classes);
  const gram = new Float64Array(n * n);
  const fitted = shape.scales.map((scales) => {
    for (let i = 0; i < gram.length; i++) {
      gram[i] =
        scales.line * (line[i] as number) +
        scales.curve * (curve[i] as number) +
        scales.bend * (bent[i] as number) +
        1;
    }
    const modes = sides.map(({ signs }) => laplaceMode(gram, n, signs));
    const evidence = modes.reduce((sum, mode) => sum + mode.evidence / sides.length, 0);
    return { scales, modes, evidence };
  });
  const shares = sharesOf(fitted.map(({ evidence }) => evidence));
  const curved = fitted.flatMap(({ scales, modes }, at) =>
    modes.map(({ alpha }) => {
      const weights = alpha.map((value) => value * scales.curve * (shares[at] as number));
      return timesVector(curve, n, weights);
    }),
  );
  const told = pursueRows(curve, n, curved, MOST_SPANNING);
  const spanned = told.length > 0 ? told : [0];
  const spanning = rounded(pickRows(x, spanned));
  const project = projector(curve, n, spanned);
  return {
    kind: 'kernel',
    classes,
    norm,
    relevance: factors,
    spanning,
    bends,
    functions: fitted.flatMap(({ scales, modes }, at) => {
      const share = shares[at] as number;
      if (share === 0) return [];
      return modes.map(({ alpha }, k): LatentFunction => {
        const times = (factor: number) => alpha.map((value) => value * factor);
        return {
          label: (sides[k] as ClassSide).label,
          share,
          line: lineOf(x, times(scales.line), alpha, norm),
          curve: Float32Array.from(project(times(scales.curve))),
          bend: bendTables(
            bends,
            rows,
            relevances.map((r) => times((scales.bend * r) / (2 * norm))),
          ),
        };
      });
    }),
  };
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

/** Σ_q r_q exp(−(x_q − z_q)²)/2N of all rows with all: [n, n]. */
function sumOfBends(
  rows: Matrix,
  bent: readonly number[],
  relevances: readonly number[],
  norm: number,
): Float64Array {
  const sum = new Float64Array(rows.rows ** 2);
  for (const [q, column] of bent.entries()) {
    for (const [at, value] of bendKernel(rows, column, norm).entries()) {
      sum[at] = (sum[at] as number) + (relevances[q] as number) * value;
    }
  }
  return sum;
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

function multiplied(x: Matrix, factors: Float32Array): Matrix {
  const values = x.values.map((value, i) => value * (factors[i % x.columns] as number));
  return { ...x, values };
}

/** As a file will hold them, so that a saved model says the same. */
function rounded(x: Matrix): Matrix {
  return { ...x, values: x.values.map(Math.fround) };
}
