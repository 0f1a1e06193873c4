/** Task arithmetic (Ilharco et al. 2023, arXiv 2212.04089): Σ wᵢ·xᵢ, entry by entry. */
export function weightedSum(
  tensors: readonly Float64Array[],
  weights: readonly number[],
): Float64Array {
  const sum = new Float64Array(tensors[0]?.length ?? 0);
  for (const [i, tensor] of tensors.entries()) {
    const weight = weights[i] as number;
    for (let at = 0; at < sum.length; at++) {
      sum[at] = (sum[at] as number) + weight * (tensor[at] as number);
    }
  }
  return sum;
}
