/** From scores to the chosen entries: exactly k, of equal scores the earlier one. */
import { PeftError } from '../../errors.ts';
import type { NamedParameter } from './base-parameters.ts';
import type { Selection } from './sparse-weights.ts';
import { topEntries } from './top-entries.ts';

export interface CountRule {
  readonly keep_ratio: number;
  readonly keep_count: number | null;
}

/** One score for each entry, by parameter. */
export type Scores = ReadonlyMap<string, Float32Array>;

/**
 * k of a pool: `keep_count`, or ⌊keep_ratio · entries⌋.
 * @throws PeftError 'bad-config' when that is none or more than there are
 */
export function countToKeep(pool: readonly NamedParameter[], rule: CountRule): number {
  const entries = pool.reduce((sum, { size }) => sum + size, 0);
  const count = rule.keep_count ?? Math.floor(rule.keep_ratio * entries);
  if (count > entries) {
    throw new PeftError('bad-config', {
      en: `keep_count ${count} is more than the ${entries} entries of the target modules; lower it or add modules`,
      zh: `keep_count ${count} 超过了目标模块的 ${entries} 个参数，请调小它或增加模块`,
    });
  }
  if (count === 0) {
    throw new PeftError('bad-config', {
      en: `keep_ratio ${rule.keep_ratio} of ${entries} entries is less than one; raise it or add modules`,
      zh: `${entries} 个参数的 keep_ratio ${rule.keep_ratio} 不到一个，请调大它或增加模块`,
    });
  }
  return count;
}

/** One ranking over the whole pool. */
export function selectEntries(
  pool: readonly NamedParameter[],
  scores: Scores,
  count: number,
  best: 'largest' | 'smallest' = 'largest',
): Selection {
  const lists = pool.map(({ name }) => scores.get(name) as Float32Array);
  const chosen = topEntries(lists, count, best);
  return new Map(pool.map(({ name }, i) => [name, chosen[i] as Int32Array]));
}

/** A ranking of its own for each parameter: ⌊ratio · size⌋ entries, none in the smallest. */
export function selectPerParameter(
  pool: readonly NamedParameter[],
  scores: Scores,
  ratio: number,
): Selection {
  return new Map(
    pool.flatMap((parameter) => [
      ...selectEntries([parameter], scores, Math.floor(ratio * parameter.size)),
    ]),
  );
}
