/**
 * Length normalisation: a sum of log-probabilities favours short labels. Per token as T-Few has it
 * (Liu et al. 2022), or per byte, which does not depend on the tokenizer.
 */

/** @param scores [rows][labels] @param lengths of each label, in tokens or bytes */
export function normaliseByLength(
  scores: readonly (readonly number[])[],
  lengths: readonly number[],
): number[][] {
  return scores.map((row) => row.map((score, k) => score / (lengths[k] as number)));
}

/** Log-scores → probabilities [rows, K]. */
export function labelProbabilities(scores: readonly (readonly number[])[]): Float64Array {
  const classes = scores[0]?.length ?? 0;
  const result = new Float64Array(scores.length * classes);
  for (const [i, row] of scores.entries()) {
    const most = Math.max(...row);
    const total = row.reduce((sum, score) => sum + Math.exp(score - most), 0);
    for (const [k, score] of row.entries())
      result[i * classes + k] = Math.exp(score - most) / total;
  }
  return result;
}
