/**
 * Platt scaling (Platt 1999; Lin, Lin and Weng 2007): p' = σ(a·s + b) of a score s, fitted to targets
 * drawn in from 0 and 1 by the counts, t₊ = (N₊+1)/(N₊+2), t₋ = 1/(N₋+2). Two classes. Where something is known
 * of a and b before, they are the likeliest given that and the labels as they are:
 *   min_{log a, b} Σ log-loss + (log a − m)²/2s² + b²/2s_b²
 */
import { minimise } from '../baseline/lbfgs.ts';
import { type Bell, surprise } from './bell.ts';

export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/** What is known of a scaling before its labels. */
export interface PlattPrior {
  readonly logSlope: Bell;
  readonly intercept: Bell;
}

/** @param scores log-odds of class 1, of rows that were not trained on */
export function fitPlatt(scores: ArrayLike<number>, positive: readonly boolean[]): PlattScaling {
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const targets = positive.map((isPositive) => (isPositive ? high : low));
  const [slope = 1, intercept = 0] = minimise(
    (x, gradient) => lossOf(scores, targets, x, gradient),
    Float64Array.of(1, 0),
  );
  return { slope, intercept };
}

/** The likeliest scaling; its slope is above 0. @param scores as for `fitPlatt` */
export function fitLikelyPlatt(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
  { logSlope, intercept: usual }: PlattPrior,
): PlattScaling {
  const targets = positive.map(Number);
  const [log = 0, intercept = 0] = minimise(
    (x, gradient) => {
      const [at = 0, offset = 0] = x;
      const slope = Math.exp(at);
      const loss = lossOf(scores, targets, Float64Array.of(slope, offset), gradient);
      gradient[0] = slope * (gradient[0] as number) + (at - logSlope.mean) / logSlope.sd ** 2;
      gradient[1] = (gradient[1] as number) + (offset - usual.mean) / usual.sd ** 2;
      return loss + surprise(at, logSlope) + surprise(offset, usual);
    },
    Float64Array.of(logSlope.mean, usual.mean),
  );
  return { slope: Math.exp(log), intercept };
}

/** Sum of log(1 + e^z) − t·z over rows, z = a·s + b. @param x a and b @param gradient is written */
function lossOf(
  scores: ArrayLike<number>,
  targets: readonly number[],
  [slope = 0, intercept = 0]: Float64Array,
  gradient: Float64Array,
): number {
  let [loss, bySlope, byIntercept] = [0, 0, 0];
  for (const [i, target] of targets.entries()) {
    const score = scores[i] as number;
    const z = slope * score + intercept;
    // Without overflow.
    loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z;
    const error = 1 / (1 + Math.exp(-z)) - target;
    bySlope += error * score;
    byIntercept += error;
  }
  gradient.set([bySlope, byIntercept]);
  return loss;
}

/** Probability of class 1. */
export function applyPlatt({ slope, intercept }: PlattScaling, score: number): number {
  return 1 / (1 + Math.exp(-(slope * score + intercept)));
}
