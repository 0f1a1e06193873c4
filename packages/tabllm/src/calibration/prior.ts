/**
 * Prior correction: a model trained on rows with class shares π that meets rows with shares π' has
 * p'ₖ ∝ pₖ · π'ₖ / πₖ. Needed wherever few-shot rows are balanced and the world is not.
 */

/** @param probabilities [rows, K] */
export function correctPrior(
  probabilities: Float64Array,
  trained: readonly number[],
  met: readonly number[],
): Float64Array {
  const classes = trained.length;
  const result = probabilities.map(
    (p, i) => (p * (met[i % classes] as number)) / (trained[i % classes] as number),
  );
  for (let start = 0; start < result.length; start += classes) {
    let total = 0;
    for (let k = start; k < start + classes; k++) total += result[k] as number;
    for (let k = start; k < start + classes; k++) result[k] = (result[k] as number) / total;
  }
  return result;
}

/**
 * The shares of the rows met, from their probabilities alone, by expectation maximisation
 * (Saerens, Latinne and Decaestecker 2002).
 */
export function estimatePrior(
  probabilities: Float64Array,
  trained: readonly number[],
  { iterations = 200, tolerance = 1e-6 } = {},
): number[] {
  const classes = trained.length;
  const rows = probabilities.length / classes;
  let prior = [...trained];
  for (let i = 0; i < iterations; i++) {
    const corrected = correctPrior(probabilities, trained, prior);
    const next = new Array<number>(classes).fill(0);
    for (const [at, p] of corrected.entries()) {
      next[at % classes] = (next[at % classes] as number) + p / rows;
    }
    const moved = Math.max(...next.map((share, k) => Math.abs(share - (prior[k] as number))));
    prior = next;
    if (moved < tolerance) break;
  }
  return prior;
}
