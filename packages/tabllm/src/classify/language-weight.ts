/**
 * Does the language model help here? Where it reads rows, its weight in the pool is the one with the least
 * log-loss on labelled rows, with tabular probabilities of models that have not seen the row. It counts only
 * if it helps by more than one standard error of the difference; else its weight is 0. What it expects of
 * columns counts unless it harms by as much. So it can be useless without harm.
 */
import { areaUnderRoc, macroOneVsRest } from '../metrics/ranking.ts';
import { labelProbabilities } from '../scoring/normalise.ts';
import type { HeldOut } from './out-of-fold.ts';
import { logOf, poolOpinions } from './pool-opinions.ts';

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
/**
 * @param tabular probabilities [rows, K] by models that have not seen the row
 * @param language log-scores of the rows, from which the bias is removed
 */
export function decideWeight(
  tabular: Float64Array,
  labels: Int32Array,
  classes: number,
  language: readonly (readonly number[])[],
): LanguageEvidence {
  const losses = (p: Float64Array) => lossesOf(p, labels, classes);
  const alone = losses(tabular);
  let best = { weight: 0, gain: 0 };
  for (const weight of WEIGHTS) {
    const pooled = losses(poolOpinions(tabular, language, weight));
    const { mean, error } = meanAndError(alone.map((loss, i) => loss - (pooled[i] as number)));
    if (mean > error && mean > best.gain) best = { weight, gain: mean };
  }
  const auc = (p: Float64Array) => aucOf(p, labels, classes);
  return {
    weight: best.weight,
    rows: labels.length,
    tabular: auc(tabular),
    language: auc(labelProbabilities(language)),
    combined: auc(poolOpinions(tabular, language, best.weight)),
  };
}

/** @param line what the expectations say of the rows alone [rows, K] @param weight theirs */
export function judgeExpectations(
  { learned, pooled }: HeldOut,
  line: Float64Array,
  labels: Int32Array,
  weight: number,
): LanguageEvidence {
  const classes = line.length / labels.length;
  const alone = lossesOf(learned, labels, classes);
  const both = lossesOf(pooled, labels, classes);
  const { mean, error } = meanAndError(alone.map((loss, i) => loss - (both[i] as number)));
  return {
    weight: mean < -error ? 0 : weight,
    rows: labels.length,
    tabular: aucOf(learned, labels, classes),
    language: aucOf(line, labels, classes),
    combined: aucOf(pooled, labels, classes),
  };
}

function lossesOf(p: Float64Array, labels: Int32Array, classes: number): number[] {
  return Array.from(labels, (label, i) => -logOf(p[i * classes + label] as number));
}

function aucOf(p: Float64Array, labels: Int32Array, classes: number): number {
  return macroOneVsRest(areaUnderRoc, p, labels, classes);
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, error: Math.sqrt(variance / values.length) };
}
