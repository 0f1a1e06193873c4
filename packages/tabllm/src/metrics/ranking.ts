/** How well scores order rows: area under the ROC curve, and under precision over recall. */

/**
 * P(score of a positive > score of a negative) + ½ P(equal), by ranks (Mann and Whitney 1947).
 * NaN without both kinds.
 */
export function areaUnderRoc(scores: ArrayLike<number>, positive: readonly boolean[]): number {
  const order = Array.from(positive.keys()).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let inGroup = 0;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      if (positive[order[end++] as number]) inGroup++;
    }
    rankSum += inGroup * ((start + 1 + end) / 2);
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Average precision: Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ over falling scores, ties at once. */
export function averagePrecision(scores: ArrayLike<number>, positive: readonly boolean[]): number {
  const order = Array.from(positive.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  const positives = positive.filter(Boolean).length;
  let [hits, sum] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    let inGroup = 0;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      if (positive[order[end++] as number]) inGroup++;
    }
    hits += inGroup;
    sum += inGroup * (hits / end);
    start = end;
  }
  return sum / positives;
}

/** Mean over the classes that occur of one class against the rest. @param probabilities [rows, K] */
export function macroOneVsRest(
  measure: (scores: ArrayLike<number>, positive: readonly boolean[]) => number,
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  if (classes === 2) return measure(column(probabilities, 1, 2), isClass(labels, 1));
  const values = Array.from({ length: classes }, (_, k) => k)
    .filter((k) => isClass(labels, k).some(Boolean))
    .map((k) => measure(column(probabilities, k, classes), isClass(labels, k)));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function column(probabilities: Float64Array, k: number, classes: number): Float64Array {
  return Float64Array.from(
    { length: probabilities.length / classes },
    (_, i) => probabilities[i * classes + k] as number,
  );
}

export function isClass(labels: ArrayLike<number>, k: number): boolean[] {
  return Array.from(labels, (label) => label === k);
}
