/**
 * Gaussian-process classification by Laplace's method (Rasmussen and Williams 2006, algorithms 3.1 and
 * 3.2), one class against the others, with a kernel that is a line, a smooth curve of all columns and curves
 * of single ones (see `KernelShape`). Several scales are averaged by their evidence. The curve of all columns
 * is projected on a few rows that tell it best, those of single columns become tables, so that a prediction
 * stays cheap.
 */
import { bendsOf, bendTables } from './bends.ts';
import type { KernelClassifier, LatentFunction } from './kernel-classifier.ts';
import { bendKernel, gramOf, type KernelParts, lineAndCurve, sumOfBends } from './kernel-parts.ts';
import { projector } from './kernel-projection.ts';
import { pursueRows } from './kernel-pursuit.ts';
import { type KernelScales, type KernelShape, plainShape } from './kernel-shape.ts';
import { type LaplaceMode, laplaceMode } from './laplace-mode.ts';
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
  const relevance = Float32Array.from(shape.relevance);
  const x = multiplied(rows, relevance);
  const relevances = shape.bent.map((column) => (relevance[column] as number) ** 2);
  const ofBends = shape.bent.map((column) => bendKernel(rows, column, norm));
  const bent = sumOfBends(x.rows, ofBends, relevances);
  const parts = { ...lineAndCurve(x, new Float64Array(x.columns).fill(1 / norm)), bent };
  const sides = oneAgainstOthers(labels, classes);
  const fitted = heardScales(shape.scales.map((scales) => fitScales(parts, scales, sides)));
  const spanned = rowsOfCurves(parts.curve, x.rows, fitted);
  const project = projector(parts.curve, x.rows, spanned);
  const bends = bendsOf(rows, shape.bent);
  const functions = fitted.flatMap(({ share, scales, modes }) =>
    modes.map(({ alpha }, side): LatentFunction => {
      const times = (factor: number) => alpha.map((value) => value * factor);
      const bent = relevances.map((r) => times((scales.bend * r) / (2 * norm)));
      return {
        label: (sides[side] as ClassSide).label,
        share,
        line: lineOf(x, times(scales.line), alpha, norm),
        curve: Float32Array.from(project(times(scales.curve))),
        bend: bendTables(bends, rows, bent),
      };
    }),
  );
  const spanning = rounded(pickRows(x, spanned));
  return { kind: 'kernel', classes, norm, relevance, spanning, bends, functions };
}

/** The latent functions at a scale, one of each class, and how well they go with the labels. */
interface FittedScales {
  readonly scales: KernelScales;
  readonly modes: readonly LaplaceMode[];
  readonly evidence: number;
}

function fitScales(
  parts: KernelParts,
  scales: KernelScales,
  sides: readonly ClassSide[],
): FittedScales {
  const gram = gramOf(parts, scales);
  const modes = sides.map(({ signs }) => laplaceMode(gram, signs.length, signs));
  const evidence = modes.reduce((sum, mode) => sum + mode.evidence / sides.length, 0);
  return { scales, modes, evidence };
}

/** The scales whose evidence counts beside that of the others, with their shares of it. */
function heardScales(
  fitted: readonly FittedScales[],
): readonly (FittedScales & { readonly share: number })[] {
  const most = Math.max(...fitted.map(({ evidence }) => evidence));
  const powers = fitted.map(({ evidence }) => Math.exp(evidence - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const kept = powers.map((power) => (power < NEGLIGIBLE * total ? 0 : power));
  const rest = kept.reduce((sum, power) => sum + power, 0);
  return fitted
    .map((scales, at) => ({ ...scales, share: (kept[at] as number) / rest }))
    .filter(({ share }) => share > 0);
}

/** The rows that tell the curves of all functions best; one at least. */
function rowsOfCurves(
  curve: Float64Array,
  n: number,
  fitted: ReturnType<typeof heardScales>,
): readonly number[] {
  const functions = fitted.flatMap(({ share, scales, modes }) =>
    modes.map(({ alpha }) =>
      timesVector(
        curve,
        n,
        alpha.map((value) => value * scales.curve * share),
      ),
    ),
  );
  const told = pursueRows(curve, n, functions, MOST_SPANNING);
  return told.length > 0 ? told : [0];
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

function multiplied(x: Matrix, factors: Float32Array): Matrix {
  const values = x.values.map((value, i) => value * (factors[i % x.columns] as number));
  return { ...x, values };
}

/** As a file will hold them, so that a saved model says the same. */
function rounded(x: Matrix): Matrix {
  return { ...x, values: x.values.map(Math.fround) };
}
