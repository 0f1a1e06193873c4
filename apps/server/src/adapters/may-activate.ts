/** Whether an adapter may take the place of the one that answers. */
import { APPROVED_EXAMPLES, type Score } from './adapter-records.ts';

export interface Comparison {
  readonly set: string;
  /** Percent. */
  readonly candidate: number;
  readonly active: number;
}

export type Verdict =
  | { readonly allowed: true; readonly compared: readonly Comparison[] }
  | {
      readonly allowed: false;
      readonly why: 'scores-lower' | 'not-compared';
      readonly compared: readonly Comparison[];
    };

/**
 * The latest scores on each set that both were scored on decide: lower on any is too low. One that
 * answers with a score is not replaced by one without. What an adapter was taught it knows better than
 * one that was not, so where the one that answers was scored on other questions, those have to be
 * compared, too.
 *
 * @param candidate scores, newest first
 */
export function mayActivate(candidate: readonly Score[], active: readonly Score[]): Verdict {
  const [own, theirs] = [latestBySet(candidate), latestBySet(active)];
  const compared = [...theirs].flatMap(([set, score]): Comparison[] => {
    const mine = own.get(set);
    if (mine === undefined) return [];
    return [{ set: score.set, candidate: mine.accuracy, active: score.accuracy }];
  });
  if (compared.some((one) => one.candidate < one.active)) {
    return { allowed: false, why: 'scores-lower', compared };
  }
  const isNew = ({ set }: { readonly set: string }) => set !== APPROVED_EXAMPLES;
  const needed = [...theirs.values()].some(isNew) ? isNew : () => true;
  if (theirs.size > 0 && !compared.some(needed)) {
    return { allowed: false, why: 'not-compared', compared };
  }
  return { allowed: true, compared };
}

function latestBySet(scores: readonly Score[]): ReadonlyMap<string, Score> {
  const latest = new Map<string, Score>();
  for (const score of scores) {
    if (!latest.has(score.set_fingerprint)) latest.set(score.set_fingerprint, score);
  }
  return latest;
}
