/** Where class 1 is said, by rows that the models have not seen. */
import { TabLlmError } from '../errors.ts';
import type { ShareWeights } from '../metrics/class-weights.ts';
import { NEVER_SAID } from '../metrics/decided-classes.ts';
import { column, isClass } from '../metrics/ranking.ts';
import { chooseThreshold, type ThresholdRule } from '../metrics/threshold.ts';

/** @param weights what a row of each class counts @throws TabLlmError 'bad-config' for other than two classes */
export function thresholdOf(
  rule: ThresholdRule | undefined,
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
  weights: ShareWeights,
): number | null {
  if (rule === undefined) return null;
  if (classes !== 2) {
    throw new TabLlmError('bad-config', {
      en: `A threshold is for two classes; there are ${classes}.`,
      zh: `阈值只能用于两个类别，这里有 ${classes} 个。`,
    });
  }
  const scores = column(probabilities, 1, 2);
  const { threshold } = chooseThreshold(scores, isClass(labels, 1), rule, weights);
  // A probability of 1 may be one to say class 1 from.
  return threshold === Number.POSITIVE_INFINITY
    ? NEVER_SAID
    : Math.min(threshold, NEVER_SAID - Number.EPSILON);
}
