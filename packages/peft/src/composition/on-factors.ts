/**
 * Combinations on the factors of one module. With cᵢ = wᵢ·sᵢ and A, B already made sparse:
 *   cat                     [B₁ B₂ …]·[c₁A₁; c₂A₂; …], exact, rank Σ rᵢ
 *   linear, dare_linear,
 *   magnitude_prune         Σ cᵢ·Bᵢ·Aᵢ, exact, at the lowest rank that holds it
 *   ties, dare_ties         B'·A' of the elected means of √|cᵢ|·Bᵢ and sgn cᵢ·√|cᵢ|·Aᵢ, rank r
 * HF-PEFT sums factor by factor instead, B' = Σ √|cᵢ|·Bᵢ and A' = Σ sgn cᵢ·√|cᵢ|·Aᵢ, which adds the
 * cross terms Bᵢ·Aⱼ; that is computed for `compat`.
 */
import { type CombineContext, mergeEntries, sparse } from './combination.ts';
import { compress, type LowRank, stack } from './low-rank.ts';
import type { WeightedFactors } from './weighted-factors.ts';

/** The combined factors of a module. @param terms one or more; of equal rank for `ties` and `compat` */
export function combineFactors(
  terms: readonly WeightedFactors[],
  context: CombineContext,
): LowRank {
  const { combination, config } = context;
  const pruned = terms.map((term) => ({
    factors: { ...term, a: sparse(term.a, context), b: sparse(term.b, context) },
    coefficient: term.weight * term.scale,
  }));
  if (combination.merge === 'stack') return stack(pruned);
  if (combination.merge === 'sum' && !config.compat) return compress(stack(pruned));
  const { rank, inputSize, outputSize } = terms[0] as WeightedFactors;
  const roots = pruned.map(({ coefficient }) => Math.sqrt(Math.abs(coefficient)));
  const signed = pruned.map(({ coefficient }, i) => Math.sign(coefficient) * (roots[i] as number));
  const a = pruned.map(({ factors }) => factors.a);
  const b = pruned.map(({ factors }) => factors.b);
  return {
    a: mergeEntries(a, signed, context),
    b: mergeEntries(b, roots, context),
    rank,
    inputSize,
    outputSize,
  };
}
