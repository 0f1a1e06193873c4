/**
 * Rows drawn with class shares π that stand for rows with shares π′: each counts π′ₖ/πₖ (importance
 * weighting; Shimodaira 2000). Figures then are those of the rows that are met.
 */

/** What a row of each class counts; null: 1. */
export type ShareWeights = readonly number[] | null;

/** @param shares null: rows are met as they were drawn */
export function classWeightsOf(
  shares: { readonly trained: readonly number[]; readonly met: readonly number[] } | null,
): ShareWeights {
  if (shares === null) return null;
  const { trained, met } = shares;
  return met.map((share, k) => share / (trained[k] as number));
}

export function weightOf(weights: ShareWeights | undefined, label: number): number {
  return weights ? (weights[label] as number) : 1;
}

/** What rows of these labels count together. */
export function totalWeight(weights: ShareWeights | undefined, labels: ArrayLike<number>): number {
  if (!weights) return labels.length;
  let total = 0;
  for (let i = 0; i < labels.length; i++) total += weightOf(weights, labels[i] as number);
  return total;
}
