/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the rising step function of
 * the score that is nearest to the labels. Free of assumptions, so for about 1,000 labels and more.
 */
export interface IsotonicSteps {
  /** Rising scores and their probabilities; between two of them probabilities run straight. */
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly rows: number;
}

/** @param scores of rows that were not trained on */
export function fitIsotonic(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
): IsotonicSteps {
  const blocks: Block[] = [];
  for (const equal of equalScores(scores, positive)) {
    let block = equal;
    for (let last = blocks.at(-1); last; last = blocks.at(-1)) {
      if (last.mean < block.mean) break;
      const rows = last.rows + block.rows;
      const mean = (last.mean * last.rows + block.mean * block.rows) / rows;
      block = { from: last.from, to: block.to, mean, rows };
      blocks.pop();
    }
    blocks.push(block);
  }
  return {
    scores: blocks.flatMap(({ from, to }) => [from, to]),
    probabilities: blocks.flatMap(({ mean }) => [mean, mean]),
  };
}

/** The rows of each score, which get one probability, by rising score. */
function equalScores(scores: ArrayLike<number>, positive: readonly boolean[]): Block[] {
  const counts = new Map<number, { rows: number; positives: number }>();
  for (const [i, isPositive] of positive.entries()) {
    const score = scores[i] as number;
    const count = counts.get(score) ?? { rows: 0, positives: 0 };
    count.rows++;
    if (isPositive) count.positives++;
    counts.set(score, count);
  }
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([score, { rows, positives }]) => ({
      from: score,
      to: score,
      mean: positives / rows,
      rows,
    }));
}

/** Probability of class 1; beyond the ends, that of the end. */
export function applyIsotonic({ scores, probabilities }: IsotonicSteps, score: number): number {
  let [low, high] = [0, scores.length - 1];
  if (score <= (scores[low] as number)) return probabilities[low] as number;
  if (score >= (scores[high] as number)) return probabilities[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((scores[middle] as number) <= score) low = middle;
    else high = middle;
  }
  const [left, right] = [scores[low] as number, scores[high] as number];
  const share = right > left ? (score - left) / (right - left) : 0;
  const [from, to] = [probabilities[low] as number, probabilities[high] as number];
  return from + share * (to - from);
}
