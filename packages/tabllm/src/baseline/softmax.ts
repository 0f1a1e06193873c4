/** Scores → probabilities, in place. */
export function softmaxInPlace(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  let total = 0;
  for (let k = 0; k < scores.length; k++) {
    const power = Math.exp((scores[k] as number) - most);
    scores[k] = power;
    total += power;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / total;
}
