/**
 * Gaussian-process classification by Laplace's method (Rasmussen and Williams 2006, algorithms 3.1 and
 * 3.2), one class against the others, with a kernel that is a line, a smooth curve of all columns and curves
 * of single ones (see `KernelShape`). Several scales are averaged by their evidence.
 */
import { kernelFunctions, kernelRows } from './fit-kernel-functions.ts';
import type { KernelClassifier } from './kernel-classifier.ts';
import { gramOf, type KernelParts } from './kernel-parts.ts';
import { type KernelScales, type KernelShape, plainShape } from './kernel-shape.ts';
import { type LaplaceMode, laplaceMode } from './laplace-mode.ts';
import type { Matrix } from './matrix.ts';
import { type ClassSide, oneAgainstOthers } from './one-against-others.ts';

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
  const kernel = kernelRows(rows, norm, shape);
  const sides = oneAgainstOthers(labels, classes);
  const heard = heardScales(shape.scales.map((scales) => fitScales(kernel.parts, scales, sides)));
  const told = heard.flatMap(({ share, scales, modes }) =>
    modes.map(({ alpha }, side) => ({ alpha, scales, share, ...(sides[side] as ClassSide) })),
  );
  const model = kernelFunctions(kernel, told);
  const functions = model.functions.map((own, f) => {
    const { label, share } = told[f] as (typeof told)[number];
    return { label, share, ...own };
  });
  return { kind: 'kernel', classes, ...model, functions };
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
