/** Whether a bound is one of those it bounds: 5万以上（含5万）, 超过10次（不含10次）. */
import { ahead, type ParseState } from './parse-state.ts';
import type { Comparison } from './reading.ts';
import { unread } from './unread.ts';

const INCLUDING: Partial<Record<Comparison, Comparison>> = {
  '>': '>=',
  '<': '<=',
  '>=': '>=',
  '<=': '<=',
};
const EXCLUDING: Partial<Record<Comparison, Comparison>> = {
  '>': '>',
  '<': '<',
  '>=': '>',
  '<=': '<',
};

/**
 * The number may be said again.
 * @throws Unread where nothing was compared before it, or another number is named
 */
export function takeIncluding(state: ParseState, not: boolean): void {
  const { asked, phrases, at } = state;
  const [next] = ahead(state);
  const bound = phrases.slice(0, at).findLast(({ kind }) => kind === 'number');
  if (next?.kind === 'number') {
    if (bound?.kind !== 'number' || bound.value !== next.value) unread('including what');
    state.at++;
  }
  const last = asked.conditions.at(-1);
  if (last?.kind !== 'compare' || typeof last.value !== 'number') unread('including what');
  const sign = (not ? EXCLUDING : INCLUDING)[last.sign] ?? unread('including what');
  asked.conditions = [...asked.conditions.slice(0, -1), { ...last, sign }];
}
