/**
 * Every combination type in three choices: how entries are made sparse, how the adapters are merged,
 * and whether that is done on the factors A and B (rank and cost stay low) or on the corrections
 * themselves, s·B·A, which are then brought back to a rank by a singular value decomposition.
 */
import type { Random } from '../tensors/random.ts';
import type { CombinationType, CombineConfig } from './combine-config.ts';
import { pruneByMagnitude } from './magnitude-pruning.ts';
import { dropAndRescale } from './random-dropping.ts';
import { electedMean } from './sign-election.ts';
import { weightedSum } from './weighted-sum.ts';

/** What a combination type is made of. */
export interface Combination {
  readonly sparsify: Sparsify | null;
  /** Σ of the adapters, their factors side by side, or the mean of the elected sign (TIES). */
  readonly merge: 'sum' | 'stack' | 'elect';
  readonly on: 'factors' | 'correction';
}

/** Sets some entries to 0; `density` is the share that stays. */
export type Sparsify = (values: Float64Array, density: number, random: Random) => Float64Array;

export const combinations: Readonly<Record<CombinationType, Combination>> = {
  cat: { sparsify: null, merge: 'stack', on: 'factors' },
  linear: { sparsify: null, merge: 'sum', on: 'factors' },
  svd: { sparsify: null, merge: 'sum', on: 'correction' },
  ties: { sparsify: pruneByMagnitude, merge: 'elect', on: 'factors' },
  ties_svd: { sparsify: pruneByMagnitude, merge: 'elect', on: 'correction' },
  dare_linear: { sparsify: dropAndRescale, merge: 'sum', on: 'factors' },
  dare_linear_svd: { sparsify: dropAndRescale, merge: 'sum', on: 'correction' },
  dare_ties: { sparsify: dropAndRescale, merge: 'elect', on: 'factors' },
  dare_ties_svd: { sparsify: dropAndRescale, merge: 'elect', on: 'correction' },
  magnitude_prune: { sparsify: pruneByMagnitude, merge: 'sum', on: 'factors' },
  magnitude_prune_svd: { sparsify: pruneByMagnitude, merge: 'sum', on: 'correction' },
};

/** What a module is combined with, beside its adapters. */
export interface CombineContext {
  readonly combination: Combination;
  readonly config: CombineConfig;
  /** Rank of the result of svd and *_svd. */
  readonly rank: number;
  /** For DARE and for the decomposition of large matrices. */
  readonly random: Random;
}

/** A tensor made sparse as the combination asks. */
export function sparse(
  values: Float64Array,
  { combination, config, random }: CombineContext,
): Float64Array {
  return combination.sparsify?.(values, config.density ?? 1, random) ?? values;
}

/** Tensors merged entry by entry, with their weights, as the combination asks. */
export function mergeEntries(
  tensors: readonly Float64Array[],
  weights: readonly number[],
  { combination, config }: CombineContext,
): Float64Array {
  if (combination.merge !== 'elect') return weightedSum(tensors, weights);
  return electedMean(tensors, weights, {
    method: config.majority_sign_method,
    weightedVotes: !config.compat,
  });
}
