/**
 * Temperature scaling (Guo et al. 2017, arXiv 1706.04599): p' = softmax(log p / T), T by least
 * log-loss, or the likeliest one where something is known of log T before. One parameter: for few labels. Keeps the
 * order of the classes of a row.
 */

import { softmaxInPlace } from '../baseline/softmax.ts';
import { logLoss } from '../metrics/probability.ts';
import { type Bell, surprise } from './bell.ts';

/** @param probabilities [rows, K], of rows that were not trained on @param prior of log T; default: all are alike */
export function fitTemperature(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  prior?: Bell,
): number {
  const before = (logT: number) => (prior ? surprise(logT, prior) / labels.length : 0);
  const loss = (logT: number) =>
    logLoss(applyTemperature(probabilities, classes, Math.exp(logT)), labels, classes) +
    before(logT);
  // The loss has one valley in log T: narrow it by the golden section.
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.05), Math.log(20)];
  for (let i = 0; i < 40; i++) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

export function applyTemperature(
  probabilities: Float64Array,
  classes: number,
  temperature: number,
): Float64Array {
  const result = probabilities.map((p) => Math.log(Math.max(p, 1e-15)) / temperature);
  for (let i = 0; i < result.length; i += classes) softmaxInPlace(result.subarray(i, i + classes));
  return result;
}
