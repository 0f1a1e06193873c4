/**
 * Platt scaling (Platt 1999; Lin, Lin and Weng 2007): p' = σ(a·s + b) of a score s, fitted to targets
 * drawn in from 0 and 1 by the counts, t₊ = (N₊+1)/(N₊+2), t₋ = 1/(N₋+2). Two classes.
 */
import { minimise } from '../baseline/lbfgs.ts';

export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * @param scores log-odds of class 1, of rows that were not trained on
 * @param leastSlope a slope below it is held there, and the intercept is the best beside that one
 */
export function fitPlatt(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
  leastSlope = Number.NEGATIVE_INFINITY,
): PlattScaling {
  const free = fit(scores, positive, null);
  return free.slope >= leastSlope ? free : fit(scores, positive, leastSlope);
}

/** @param held the slope; null: it is fitted, too */
function fit(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
  held: number | null,
): PlattScaling {
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const start = Float64Array.of(held ?? 1, 0);
  const [slope, intercept] = minimise((x, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (const [i, isPositive] of positive.entries()) {
      const score = scores[i] as number;
      const target = isPositive ? high : low;
      const z = (x[0] as number) * score + (x[1] as number);
      // log(1 + e^z) − t·z, without overflow
      loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z;
      const error = 1 / (1 + Math.exp(-z)) - target;
      if (held === null) gradient[0] = (gradient[0] as number) + error * score;
      gradient[1] = (gradient[1] as number) + error;
    }
    return loss;
  }, start) as unknown as [number, number];
  return { slope, intercept };
}

/** Probability of class 1. */
export function applyPlatt({ slope, intercept }: PlattScaling, score: number): number {
  return 1 / (1 + Math.exp(-(slope * score + intercept)));
}
