/** How good probabilities are: log-loss, Brier score, calibration error. All [rows, K]. */

/** Mean −log p of the true class; probabilities are kept above 1e−15. */
export function logLoss(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i * classes + (labels[i] as number)] as number;
    sum -= Math.log(Math.min(1, Math.max(1e-15, p)));
  }
  return sum / labels.length;
}

/** Mean squared distance to the true class (Brier 1950); with two classes, of class 1 alone. */
export function brierScore(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let k = classes === 2 ? 1 : 0; k < classes; k++) {
      const target = labels[i] === k ? 1 : 0;
      sum += ((probabilities[i * classes + k] as number) - target) ** 2;
    }
  }
  return sum / labels.length;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Mean confidence and share of right answers. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** Rows by the probability of the predicted class, in bins of equal width. Empty bins are left out. */
export function reliability(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  bins = 10,
): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ rows: 0, confidence: 0, right: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const best = likeliest(probabilities, i, classes);
    const confidence = probabilities[i * classes + best] as number;
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))] as (typeof sums)[number];
    bin.rows++;
    bin.confidence += confidence;
    if (best === labels[i]) bin.right++;
  }
  return sums.flatMap(({ rows, confidence, right }, bin) =>
    rows === 0
      ? []
      : [
          {
            from: bin / bins,
            to: (bin + 1) / bins,
            rows,
            confidence: confidence / rows,
            accuracy: right / rows,
          },
        ],
  );
}

/** Σ rows/N · |accuracy − confidence| over the bins (Naeini et al. 2015). */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { rows }) => sum + rows, 0);
  return bins.reduce(
    (sum, { rows, accuracy, confidence }) => sum + (rows / total) * Math.abs(accuracy - confidence),
    0,
  );
}

/** The class of a row with the highest probability; of equal ones the first. */
export function likeliest(probabilities: Float64Array, row: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) {
    const better =
      (probabilities[row * classes + k] as number) >
      (probabilities[row * classes + best] as number);
    if (better) best = k;
  }
  return best;
}
