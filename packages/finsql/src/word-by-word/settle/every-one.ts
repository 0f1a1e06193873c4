/** All that things have: `customers who have paid all their invoices` are not those who have paid one. */
import { columnOn, isMeasure, isTable, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';

/** Right before the rows: `all of their`, `every`. */
const ALL_BEFORE =
  /\b(?:all|every|each one)(?: single)?(?: of)?(?: the| their| its| his| her| whose| our| these| those)*\s+$/i;
const HAN_BEFORE = /(?:所有|全部|全体|每一?[张笔份个家支只项条])的?$/u;
/** Right behind them: 都, 均. */
const HAN_BEHIND = /^(?:也?都|均|全都?|也全)/u;
/** 贷款全部结清: without a word before the rows. */
const HAN_WHOLLY = /^(?:全部|全都)(?:都|已|被|没|未)/u;

/** @throws Unread where a state is to be that of all rows of another table than the one that is asked for */
export function expectNotEvery(
  reading: Reading,
  { question, phrases, meanings, chinese }: AskedBy,
) {
  const isOfAll = phrases.some(({ from, to }, at) => {
    const one = meanings[at];
    const isNamed = one?.kind === 'table' || (chinese && one?.kind === 'column');
    if (!isNamed || isTable(one.table, reading.thing)) return false;
    const [before, behind] = [question.slice(0, from), question.slice(to)];
    if (!chinese) return ALL_BEFORE.test(before) && isHeld(reading, one.table);
    return (HAN_BEFORE.test(before) && HAN_BEHIND.test(behind)) || HAN_WHOLLY.test(behind);
  });
  if (isOfAll && !reading.shown.some(isFigure(reading))) unread('all of what each has');
}

/** Whether rows of a table are held to something but a period. */
function isHeld({ conditions }: Reading, table: string): boolean {
  return conditions.some(
    (one) =>
      one.kind !== 'between' && one.kind !== 'without' && isTable(columnOn(one)?.table, table),
  );
}

/** Whether anything but the number of the things is measured. */
function isFigure({ thing }: Reading): (item: Reading['shown'][number]) => boolean {
  return (item) => isMeasure(item) && !(item.call === 'count' && isTable(item.rows, thing));
}
