/** Where class 1 is said, by rows that the models have not seen. */
import type { Random } from '@quaestor/peft';
import { pickRows } from '../baseline/matrix.ts';
import { TabLlmError } from '../errors.ts';
import type { ShareWeights } from '../metrics/class-weights.ts';
import { decidedClass, NEVER_SAID } from '../metrics/decided-classes.ts';
import { column, isClass } from '../metrics/ranking.ts';
import { chooseThreshold, type ThresholdRule } from '../metrics/threshold.ts';
import { splitByFold, stratifiedFolds } from './folds.ts';

/**
 * Where class 1 is to be said by what mistakes cost, without rows to try it on: from p = c₊ / (c₊ + c₋) on, with c₊
 * the cost of a false class 1 and c₋ that of a missed one. null for rules that choose among rows.
 */
export function costThreshold(rule: ThresholdRule | undefined, classes: number): number | null {
  if (rule?.by !== 'cost' || classes !== 2) return null;
  const both = rule.falsePositive + rule.falseNegative;
  return both === 0 ? null : Math.min(rule.falsePositive / both, NEVER_SAID - Number.EPSILON);
}

const FOLDS = 5;

/**
 * What is said of each row from a threshold on that is chosen on the other rows: of the rows that it is chosen on
 * it says more that is right than of any other.
 * @param groups of copies, see `groupsOfCopies`
 * @returns null without a rule: the likelier class is said
 */
export function saidInFolds(
  rule: ThresholdRule | undefined,
  { probabilities, labels, weights, groups }: JudgedRows,
  random: Random,
): Int32Array | null {
  if (rule === undefined) return null;
  const folds = stratifiedFolds(labels, FOLDS, random, groups);
  const all = { rows: labels.length, columns: 2, values: probabilities };
  const said = new Int32Array(labels.length);
  for (const { inside, outside } of splitByFold(folds)) {
    const known = Int32Array.from(outside, (row) => labels[row] as number);
    const threshold = thresholdOf(rule, pickRows(all, outside).values, known, 2, weights);
    for (const row of inside) said[row] = decidedClass(probabilities, row, 2, threshold);
  }
  return said;
}

interface JudgedRows {
  /** [rows, 2] */
  readonly probabilities: Float64Array;
  readonly labels: Int32Array;
  readonly weights: ShareWeights;
  readonly groups: Int32Array | null;
}

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
