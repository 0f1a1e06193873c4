/** 退保了几单, 被退了几次, 有几笔逾期: rows that are such are counted, and not the things that they are of. */
import { isPartOf } from '../columns/part-of.ts';
import { isLabel } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type ValueMeaning } from '../model/phrase.ts';
import { isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { thingOf } from './thing-of.ts';

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

/** @throws Unread where a kind is asked for and other rows are shown: 任职超过一年的基金经理有多少位, of 基金经理 among the kinds of winners */
export function expectOwnHead(state: ParseState, thing: string): void {
  const { asked, phrases, chinese } = state;
  if (!chinese || asked.thing !== undefined) return;
  const isOfOthers = phrases.some((one, at) => {
    if (one.kind !== 'value' || isTable(one.table, thing) || isLabel(state, one)) return false;
    const [next, ...more] = phrases.slice(at + 1);
    const isLast = next === undefined || isWord(next, 'how-many', 'which', 'who');
    // 金额最大的一笔卖出是多少: the amount is of other rows.
    const isFigure = isWord(next, 'how-much') && more.length === 0;
    if (isFigure && !isPartOf(state.links, thing, one.table)) return true;
    return (isLast && more.length === 0) || isWord(phrases[at - 1], 'which');
  });
  if (isOfOthers) unread('a kind of other rows');
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
