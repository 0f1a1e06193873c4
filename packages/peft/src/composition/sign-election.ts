/**
 * The merging of TIES (Yadav et al. 2023, arXiv 2306.01708, steps 2 and 3): entry by entry, a sign is
 * elected and the mean taken of the tensors that have it,
 *   γ = sgn Σᵢ vᵢ (total) or sgn Σᵢ sgn vᵢ (frequency), + on a tie;   m = mean of wᵢ·xᵢ over sgn vᵢ = γ
 * A zero belongs to no side. The votes vᵢ are the weighted entries wᵢ·xᵢ: a negative weight votes the
 * other way, a weight of 0 not at all. HF-PEFT lets the entries vote unweighted.
 */
export function electedMean(
  tensors: readonly Float64Array[],
  weights: readonly number[],
  options: { readonly method: 'total' | 'frequency'; readonly weightedVotes: boolean },
): Float64Array {
  const { method, weightedVotes } = options;
  const size = tensors[0]?.length ?? 0;
  const merged = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    let balance = 0;
    for (const [i, tensor] of tensors.entries()) {
      const vote = (tensor[at] as number) * (weightedVotes ? (weights[i] as number) : 1);
      balance += method === 'total' ? vote : Math.sign(vote);
    }
    const elected = balance >= 0 ? 1 : -1;
    let total = 0;
    let count = 0;
    for (const [i, tensor] of tensors.entries()) {
      const value = (tensor[at] as number) * (weights[i] as number);
      const vote = weightedVotes ? value : (tensor[at] as number);
      if (Math.sign(vote) !== elected) continue;
      total += value;
      count++;
    }
    merged[at] = total / Math.max(1, count);
  }
  return merged;
}
