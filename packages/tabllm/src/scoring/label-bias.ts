/**
 * What a model says before it has read a row, taken away from what it says after:
 *   score'ₖ = scoreₖ − biasₖ
 * Three ways differ in where the bias comes from: content-free rows, the rows themselves, or the
 * prompt without any row (PMI-DC, Holtzman et al. 2021, arXiv 2104.08315: the bias is that prompt's
 * scores as they are). With two classes each only moves the log-odds by
 * a constant: the order of rows, and so the AUC, stays as it is; accuracy and calibration change.
 */
import type { Field } from '../serialisers/field.ts';
import { labelProbabilities } from './normalise.ts';

export function removeBias(
  scores: readonly (readonly number[])[],
  bias: readonly number[],
): number[][] {
  return scores.map((row) => row.map((score, k) => score - (bias[k] as number)));
}

/** What content-free rows say instead of values, in the words of Zhao et al. */
export const CONTENT_FREE = ['N/A', '', '[MASK]'] as const;

/** A row whose names are there and whose values are not. */
export function contentFree(fields: readonly Field[], value: string): Field[] {
  return fields.map(({ name }) => ({ name, value }));
}

/**
 * Contextual calibration (Zhao et al. 2021, arXiv 2102.09690): log of the mean probabilities on
 * content-free rows. Batch calibration (Zhou et al. 2023, arXiv 2309.17249): the same on a batch of
 * the rows themselves.
 */
export function meanBias(scores: readonly (readonly number[])[]): number[] {
  const classes = scores[0]?.length ?? 0;
  const probabilities = labelProbabilities(scores);
  return Array.from({ length: classes }, (_, k) => {
    let sum = 0;
    for (let i = k; i < probabilities.length; i += classes) sum += probabilities[i] as number;
    // A class that is never thought of has a bias all the same: −∞ cannot be taken away.
    return Math.log(Math.max(sum / scores.length, Number.MIN_VALUE));
  });
}
