/**
 * Does the language model help here? Its weight in the pool is the one with the least log-loss on
 * labelled rows, with tabular probabilities of models that have not seen the row. It counts only if
 * it helps by more than one standard error of the difference; else its weight is 0. So it can be
 * useless without harm.
 */
import { seededRandom } from '@quaestor/peft';
import { emptyMatrix, type Matrix, rowOf } from '../baseline/matrix.ts';
import { areaUnderRoc, macroOneVsRest } from '../metrics/ranking.ts';
import { labelProbabilities } from '../scoring/normalise.ts';
import { stratifiedFolds } from './folds.ts';
import { poolOpinions } from './pool-opinions.ts';
import { fitTabular, predictTabular } from './tabular-classifier.ts';

export interface LanguageEvidence {
  /** 0: the language model does not help and is not asked. */
  readonly weight: number;
  /** Labelled rows that this was decided on. */
  readonly rows: number;
  /** AUC on those rows. */
  readonly tabular: number;
  readonly language: number;
  readonly combined: number;
}

const WEIGHTS = [0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5] as const;
const FOLDS = 5;
/** Of fewer rows of a class nothing can be decided. */
const FEWEST = 4;

/** Whether labels are enough to decide. */
export function canDecide(labels: Int32Array, classes: number): boolean {
  return Array.from(
    { length: classes },
    (_, k) => labels.filter((label) => label === k).length,
  ).every((count) => count >= FEWEST);
}

/** @param language log-scores of the rows, from which the bias is removed */
export function decideWeight(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  language: readonly (readonly number[])[],
  { trees = 100, seed = 0 } = {},
): LanguageEvidence {
  const tabular = outOfFold(x, labels, classes, trees, seed);
  const losses = (p: Float64Array) =>
    Array.from(labels, (label, i) => -Math.log(Math.max(p[i * classes + label] as number, 1e-9)));
  const alone = losses(tabular);
  let best = { weight: 0, gain: 0 };
  for (const weight of WEIGHTS) {
    const pooled = losses(poolOpinions(tabular, language, weight));
    const { mean, error } = meanAndError(alone.map((loss, i) => loss - (pooled[i] as number)));
    if (mean > error && mean > best.gain) best = { weight, gain: mean };
  }
  const auc = (p: Float64Array) => macroOneVsRest(areaUnderRoc, p, labels, classes);
  return {
    weight: best.weight,
    rows: labels.length,
    tabular: auc(tabular),
    language: auc(labelProbabilities(language)),
    combined: auc(poolOpinions(tabular, language, best.weight)),
  };
}

/** Probabilities of each row by a model of the other folds. */
function outOfFold(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  trees: number,
  seed: number,
): Float64Array {
  const folds = stratifiedFolds(labels, FOLDS, seededRandom(seed));
  const result = new Float64Array(labels.length * classes);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = [...labels.keys()].filter((i) => folds[i] === fold);
    const outside = [...labels.keys()].filter((i) => folds[i] !== fold);
    const known = Int32Array.from(outside, (i) => labels[i] as number);
    const model = fitTabular(pick(x, outside), known, classes, { trees, seed });
    const p = predictTabular(model, pick(x, inside));
    for (const [at, row] of inside.entries()) {
      result.set(p.subarray(at * classes, (at + 1) * classes), row * classes);
    }
  }
  return result;
}

export function pick(x: Matrix, rows: readonly number[]): Matrix {
  const picked = emptyMatrix(rows.length, x.columns);
  for (const [at, row] of rows.entries()) rowOf(picked, at).set(rowOf(x, row));
  return picked;
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, error: Math.sqrt(variance / values.length) };
}
