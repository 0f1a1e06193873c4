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

/** A share is never none: a class that is met after all would have no probability. */
const LEAST_SHARE = 1e-9;

/**
 * The shares of the rows met, from their probabilities alone, by expectation maximisation
 * (Saerens, Latinne and Decaestecker 2002). Where classes are hard to tell apart it takes thousands of steps.
 */
export function estimatePrior(
  probabilities: Float64Array,
  trained: readonly number[],
  { iterations = 3000, tolerance = 1e-6 } = {},
): number[] {
  const classes = trained.length;
  const rows = probabilities.length / classes;
  let prior = [...trained];
  const ratios = new Float64Array(classes);
  for (let i = 0; i < iterations; i++) {
    for (let k = 0; k < classes; k++) ratios[k] = (prior[k] as number) / (trained[k] as number);
    const sums = sumOfCorrected(probabilities, ratios);
    const next = Array.from(sums, (sum) => sum / rows);
    const moved = Math.max(...next.map((share, k) => Math.abs(share - (prior[k] as number))));
    prior = next;
    if (moved < tolerance) break;
  }
  return prior.map((share) => Math.min(1, Math.max(LEAST_SHARE, share)));
}

/** Of the rows, each multiplied by the ratios and normalised. */
function sumOfCorrected(probabilities: Float64Array, ratios: Float64Array): Float64Array {
  const classes = ratios.length;
  const sums = new Float64Array(classes);
  for (let start = 0; start < probabilities.length; start += classes) {
    let total = 0;
    for (let k = 0; k < classes; k++) {
      total += (probabilities[start + k] as number) * (ratios[k] as number);
    }
    for (let k = 0; k < classes; k++) {
      const part = (probabilities[start + k] as number) * (ratios[k] as number);
      sums[k] = (sums[k] as number) + part / total;
    }
  }
  return sums;
}
