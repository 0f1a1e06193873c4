/** How well scores order rows: area under the ROC curve, and under precision over recall. */

/**
 * P(score of a positive > score of a negative) + ½ P(equal), by ranks (Mann and Whitney 1947).
 * NaN without both kinds, and where a score is NaN.
 */
export function areaUnderRoc(scores: ArrayLike<number>, positive: readonly boolean[]): number {
  const [above, below] = sortedByKind(scores, positive);
  if (holdsNaN(above) || holdsNaN(below)) return Number.NaN;
  let [ordered, passed] = [0, 0];
  for (let i = 0; i < above.length; ) {
    const score = above[i] as number;
    const alike = equalTo(score, above, i);
    while (passed < below.length && (below[passed] as number) < score) passed++;
    ordered += alike * (passed + equalTo(score, below, passed) / 2);
    i += alike;
  }
  return ordered / (above.length * below.length);
}

/**
 * Average precision: Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ over falling scores, ties at once. NaN where a
 * score is NaN.
 */
export function averagePrecision(scores: ArrayLike<number>, positive: readonly boolean[]): number {
  const [hits, misses] = sortedByKind(scores, positive);
  if (holdsNaN(hits) || holdsNaN(misses)) return Number.NaN;
  hits.reverse();
  misses.reverse();
  let [sum, passed] = [0, 0];
  for (let i = 0; i < hits.length; ) {
    const score = hits[i] as number;
    const alike = equalTo(score, hits, i);
    while (passed < misses.length && (misses[passed] as number) >= score) passed++;
    i += alike;
    sum += alike * (i / (i + passed));
  }
  return sum / hits.length;
}

/** Rising scores of the positives, and of the others. */
function sortedByKind(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
): [Float64Array, Float64Array] {
  const count = positive.reduce((sum, is) => sum + Number(is), 0);
  const positives = new Float64Array(count);
  const negatives = new Float64Array(positive.length - count);
  let hits = 0;
  for (let i = 0; i < positive.length; i++) {
    if (positive[i]) positives[hits++] = scores[i] as number;
    else negatives[i - hits] = scores[i] as number;
  }
  // Numbers alone are sorted many times as fast as by a comparison of ours.
  return [positives.sort(), negatives.sort()];
}

/** NaN is sorted to the end. */
function holdsNaN(sorted: Float64Array): boolean {
  return Number.isNaN(sorted.at(-1));
}

/** How many from a place on are equal to a score; at least 1 where it stands there. */
function equalTo(score: number, sorted: Float64Array, from: number): number {
  let end = from;
  while (end < sorted.length && sorted[end] === score) end++;
  return end - from;
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
