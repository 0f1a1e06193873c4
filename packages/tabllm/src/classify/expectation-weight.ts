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
const STEPS = 100;
const LONGEST_STEP = 0.5;

/** @param said log-probabilities [rows, K] of the labelled rows by the expectations alone */
export function expectationWeight(said: Float64Array, labels: Int32Array, classes: number): number {
  const n = labels.length;
  if (n === 0) return ALONE;
  const logShares = Array.from({ length: classes }, (_, k) =>
    Math.log((labels.filter((label) => label === k).length + 1) / (n + classes)),
  );
  let beta = EXPECTED.mean;
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const p = new Float64Array(classes);
  // Newton's method on a concave function, kept between what is known to be below and above: where softmax is
  // sure of its class there is hardly any curvature, and a step would lead far away.
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
    if (slope > 0) low = beta;
    else high = beta;
    const move = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, slope / curvature));
    const next = beta + move;
    beta = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(move) < 1e-6 || high - low < 1e-6) break;
  }
  return beta / (1 + n / HALVED_AT);
}
