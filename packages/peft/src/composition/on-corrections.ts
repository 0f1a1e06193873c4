/**
 * Combinations on the corrections Δᵢ = sᵢ·Bᵢ·Aᵢ of one module, brought back to a rank by the singular
 * value decomposition of the result: B = U·diag(s), A = Vᵀ.
 *   svd                                    Σ wᵢ·Δᵢ, never built: decomposed through its factors
 *   dare_linear_svd, magnitude_prune_svd   Σ wᵢ·sparse(Δᵢ)
 *   ties_svd, dare_ties_svd                elected mean of wᵢ·sparse(Δᵢ)
 * Small results are decomposed exactly, large ones by the randomised method. HF-PEFT up to 0.20
 * multiplies by sᵢ twice; that is computed for `compat: 'peft-0.20'`.
 */
import { multiply } from '../linear-algebra/product.ts';
import { randomizedSvd, svdFloat64 } from '../linear-algebra/svd.ts';
import { type CombineContext, mergeEntries, sparse } from './combination.ts';
import { fromSvd, type LowRank, stack, truncate } from './low-rank.ts';
import type { WeightedFactors } from './weighted-factors.ts';

/** The side of a matrix up to which the exact decomposition takes a second at most. */
const EXACT_UP_TO = 256;

/** The combined correction of a module from one term or more, of rank `context.rank`. */
export function combineCorrections(
  terms: readonly WeightedFactors[],
  context: CombineContext,
): LowRank {
  const { combination, config, rank, random } = context;
  const { inputSize, outputSize } = terms[0] as WeightedFactors;
  const weights = terms.map(({ weight, scale }) =>
    config.compat === 'peft-0.20' ? weight * scale : weight,
  );
  if (combination.sparsify === null) {
    const sum = terms.map((factors, i) => ({
      factors,
      coefficient: (weights[i] as number) * factors.scale,
    }));
    return truncate(stack(sum), rank);
  }
  const corrections = terms.map((term) => sparse(correction(term), context));
  const merged = mergeEntries(corrections, weights, context);
  if (Math.min(inputSize, outputSize) <= EXACT_UP_TO) {
    return fromSvd(svdFloat64(merged, outputSize, inputSize), outputSize, inputSize, rank);
  }
  const { u, s, v } = randomizedSvd(Float32Array.from(merged), outputSize, inputSize, rank, {
    random,
  });
  const wide = { u: Float64Array.from(u), s: Float64Array.from(s), v: Float64Array.from(v) };
  return fromSvd(wide, outputSize, inputSize, rank);
}

/** Δ = s·B·A [out, in] */
function correction({ a, b, scale, rank, inputSize, outputSize }: WeightedFactors): Float64Array {
  return multiply(b, a, outputSize, rank, inputSize).map((value) => value * scale);
}
