/** 退保了几单, 被退了几次, 有几笔逾期: rows that are such are counted, and not the things that they are of. */
import { ahead, behind, type ParseState } from './parse-state.ts';
import { isPartOf } from './part-of.ts';
import type { ValueMeaning } from './phrase.ts';
import { isLabel } from './schema-columns.ts';
import { thingOf } from './thing-of.ts';
import { unread } from './unread.ts';

/** Whether rows are counted that are told by the value beside the word. */
export function countsRowsDone(state: ParseState): boolean {
  const { asked, said } = state;
  const beside = [behind(state), ahead(state)[0]].flatMap((one) =>
    one?.kind === 'value' && !isLabel(state, one) ? one : [],
  );
  const [held, ...more] = beside;
  if (held === undefined || more.length > 0) return false;
  if (asked.shown.length > 0 || said.calls.length > 0 || said.grouping || said.without)
    return false;
  const { thing } = asked;
  const owner = thing ?? (asked.conditions.length > 0 ? thingOf(asked) : undefined);
  if (owner === undefined || !isPartOf(state.links, held.table, owner)) return false;
  if (!isOneValue(state, held)) return false;
  asked.shown.push({ call: 'count', rows: held.table });
  asked.tables.push(held.table);
  return true;
}

/** 签了或退了几单: of one state alone. */
function isOneValue({ asked, phrases }: ParseState, { table, column }: ValueMeaning): boolean {
  const others = phrases.filter(
    (one) => one.kind === 'value' && one.table === table && one.column === column,
  );
  const isAmong = asked.conditions.some(
    (one) => one.kind === 'among' && one.column.table === table,
  );
  return others.length === 1 && !isAmong;
}

/** @throws Unread where the things that are to be counted are one of a name: 恒泽人寿有几个 */
export function expectMany(state: ParseState, thing: string): void {
  const isOne = state.asked.conditions.some(
    (one) =>
      one.kind === 'compare' &&
      one.sign === '=' &&
      one.column.table === thing &&
      isLabel(state, one.column),
  );
  if (isOne) unread('how many of one');
}
