/** Rows that are left out by what is said behind them: 作废的不算, 未还的除外. */
import { behind, type ParseState } from '../model/parse-state.ts';
import type { Meaning } from '../model/phrase.ts';
import { type Condition, columnOn, isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * What was said last is not so.
 * @param mayBeDenied whether it may be said before it as well: 除了华东以外
 * @throws Unread where no value and nothing done stands right before it
 */
export function leaveOut(state: ParseState, mayBeDenied: boolean): void {
  const { asked } = state;
  const before = tellingBefore(state);
  const last = asked.conditions.at(-1);
  const of = last && columnOn(last);
  const isSaid =
    before?.kind === 'value' ||
    before?.kind === 'stored' ||
    before?.kind === 'flag' ||
    before?.kind === 'property';
  if (!isSaid || last === undefined || of === undefined || !isSameColumn(of, before)) {
    unread('without which rows');
  }
  if (mayBeDenied && last.kind === 'compare' && last.sign === '<>') return;
  if (mayBeDenied && last.kind === 'among' && last.not) return;
  asked.conditions = [...asked.conditions.slice(0, -1), denied(last)];
}

/** What says which rows: in `cancelled orders excluded` it stands before their name. */
function tellingBefore(state: ParseState): Meaning | undefined {
  const before = behind(state);
  const isNamed = !state.chinese && before?.kind === 'table' && !before.done;
  const telling = state.phrases[state.at - 3];
  const isOwn = isNamed && telling !== undefined && 'table' in telling;
  return isOwn && telling.table === before.table ? telling : before;
}

function denied(condition: Condition): Condition {
  if (condition.kind === 'compare' && condition.sign === '=') return { ...condition, sign: '<>' };
  // 退款不算: what is not below 0.
  if (condition.kind === 'compare' && condition.sign === '<') return { ...condition, sign: '>=' };
  if (condition.kind === 'compare' && condition.sign === '>') return { ...condition, sign: '<=' };
  if (condition.kind === 'among' || condition.kind === 'stored')
    return { ...condition, not: !condition.not };
  return unread('without which rows');
}
