/**
 * Where to say yes: the probability from which the rows taken for class 1 are best by F1, by Youden's
 * J (recall − share of false alarms), or by what mistakes cost.
 */
import { type ShareWeights, weightOf } from './class-weights.ts';

export type ThresholdRule =
  | { readonly by: 'f1' }
  | { readonly by: 'youden' }
  /** What a false alarm and a miss cost. */
  | { readonly by: 'cost'; readonly falsePositive: number; readonly falseNegative: number };

export interface Threshold {
  /** Class 1 from this probability on. */
  readonly threshold: number;
  /** F1, J, or mean cost of a row. */
  readonly value: number;
}

interface Counts {
  readonly hits: number;
  readonly alarms: number;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * NaN where a score is NaN.
 * @param scores probability of class 1 @param weights what a row of class 0 and one of class 1 count
 * @throws RangeError without both classes
 */
export function chooseThreshold(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
  rule: ThresholdRule,
  weights?: ShareWeights,
): Threshold {
  const [alarm, hit] = [weightOf(weights, 0), weightOf(weights, 1)];
  const rows = positive.filter(Boolean).length;
  const [positives, negatives] = [rows * hit, (positive.length - rows) * alarm];
  if (positives === 0 || negatives === 0) {
    throw new RangeError('a threshold needs rows of both classes');
  }
  if (positive.some((_, i) => Number.isNaN(scores[i]))) {
    return { threshold: Number.NaN, value: Number.NaN };
  }
  const order = Array.from(positive.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  const gain = gainOf(rule);
  let [hits, alarms] = [0, 0];
  // Nothing taken.
  let best = {
    threshold: Number.POSITIVE_INFINITY,
    gain: gain({ hits, alarms, positives, negatives }),
  };
  for (let i = 0; i < order.length; i++) {
    if (positive[order[i] as number]) hits += hit;
    else alarms += alarm;
    const score = scores[order[i] as number] as number;
    const following = scores[order[i + 1] as number];
    if (following === score) continue;
    const value = gain({ hits, alarms, positives, negatives });
    // Between two scores any threshold does; the middle is the safest.
    if (value > best.gain) best = { threshold: (score + (following ?? score)) / 2, gain: value };
  }
  return { threshold: best.threshold, value: rule.by === 'cost' ? -best.gain : best.gain };
}

function gainOf(rule: ThresholdRule): (counts: Counts) => number {
  if (rule.by === 'f1') {
    return ({ hits, alarms, positives }) => (2 * hits) / (hits + alarms + positives);
  }
  if (rule.by === 'youden') {
    return ({ hits, alarms, positives, negatives }) => hits / positives - alarms / negatives;
  }
  return ({ hits, alarms, positives, negatives }) =>
    -(alarms * rule.falsePositive + (positives - hits) * rule.falseNegative) /
    (positives + negatives);
}
