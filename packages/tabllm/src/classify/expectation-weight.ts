/**
 * How much expectations count beside what was learned from n labelled rows: w = β / (1 + n / 16), with
 *   β = argmax Σᵢ log softmax(β·sᵢ + log share)[yᵢ] − (β − ½)² / 2·0.3²
 * The labels move β from what it is on other tables, down to below 0 where they say the opposite. The
 * numbers were chosen on the means over the nine tables of the TabLLM paper and nine others.
 */
import { softmaxInPlace } from '../baseline/softmax.ts';

const EXPECTED = { mean: 0.5, sd: 0.3 };
const HALVED_AT = 16;
/** Without labels probabilities have to be right, not only their order. */
const ALONE = 0.25;
const STEPS = 20;

/** @param said log-probabilities [rows, K] of the labelled rows by the expectations alone */
export function expectationWeight(said: Float64Array, labels: Int32Array, classes: number): number {
  const n = labels.length;
  if (n === 0) return ALONE;
  const logShares = Array.from({ length: classes }, (_, k) =>
    Math.log((labels.filter((label) => label === k).length + 1) / (n + classes)),
  );
  let beta = EXPECTED.mean;
  const p = new Float64Array(classes);
  // Newton's method: the function is concave.
  for (let step = 0; step < STEPS; step++) {
    let slope = (EXPECTED.mean - beta) / EXPECTED.sd ** 2;
    let curvature = 1 / EXPECTED.sd ** 2;
    for (const [i, label] of labels.entries()) {
      const s = said.subarray(i * classes, (i + 1) * classes);
      for (let k = 0; k < classes; k++) p[k] = beta * (s[k] as number) + (logShares[k] as number);
      softmaxInPlace(p);
      let [mean, square] = [0, 0];
      for (let k = 0; k < classes; k++) {
        mean += (p[k] as number) * (s[k] as number);
        square += (p[k] as number) * (s[k] as number) ** 2;
      }
      slope += (s[label] as number) - mean;
      curvature += square - mean * mean;
    }
    const move = slope / curvature;
    beta += move;
    if (Math.abs(move) < 1e-6) break;
  }
  return beta / (1 + n / HALVED_AT);
}
