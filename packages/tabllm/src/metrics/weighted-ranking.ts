/** The areas of `ranking.ts` where rows count differently. */

type Kind = readonly boolean[];

/** Positives and others counted so far, over falling scores, rows of equal scores at once. */
interface Passed {
  readonly hits: number;
  readonly alarms: number;
}

/** P(score of a positive > score of another) + ½ P(equal). NaN without both kinds. */
export function weightedAreaUnderRoc(
  scores: ArrayLike<number>,
  positive: Kind,
  weights: ArrayLike<number>,
): number {
  let [area, before] = [0, { hits: 0, alarms: 0 } as Passed];
  for (const passed of fallingSteps(scores, positive, weights)) {
    area += ((passed.alarms - before.alarms) * (before.hits + passed.hits)) / 2;
    before = passed;
  }
  return area / (before.hits * before.alarms);
}

/** Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ over falling scores, ties at once. */
export function weightedAveragePrecision(
  scores: ArrayLike<number>,
  positive: Kind,
  weights: ArrayLike<number>,
): number {
  let [sum, before] = [0, { hits: 0, alarms: 0 } as Passed];
  for (const passed of fallingSteps(scores, positive, weights)) {
    const gained = passed.hits - before.hits;
    if (gained > 0) sum += (gained * passed.hits) / (passed.hits + passed.alarms);
    before = passed;
  }
  return sum / before.hits;
}

function* fallingSteps(
  scores: ArrayLike<number>,
  positive: Kind,
  weights: ArrayLike<number>,
): Generator<Passed> {
  const order = Array.from(positive.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  let [hits, alarms] = [0, 0];
  for (const [at, row] of order.entries()) {
    if (positive[row]) hits += weights[row] as number;
    else alarms += weights[row] as number;
    if (scores[order[at + 1] as number] !== scores[row]) yield { hits, alarms };
  }
}
