/**
 * What LoRAHub minimises (Huang et al. 2023, arXiv 2307.13269, eq. 2): L + α·mean|wᵢ|, L the mean
 * cross-entropy over the few examples and α = 0.05. The authors' code divides L once more by the
 * number of examples; this does not.
 */
export function lorahubObjective(
  loss: number,
  weights: readonly number[],
  regularization = 0.05,
): number {
  const magnitude = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  return loss + (regularization * magnitude) / weights.length;
}
