/** Counts beside sums, and counts beside counts: `how many payments, and how much in total`. */
import { addsUp, isKey, isLabel, isNumber, soleAmount } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure, isTable } from '../model/reading.ts';
import { asksHowMany } from './hold-to-total.ts';

/** `how many payments were there, and how much in total`: what they come to is asked for, too. */
export function sumBesideCount(state: ParseState, thing: string): void {
  const { asked, said, phrases } = state;
  const isCount = (item: Item) => isMeasure(item) && item.rows !== undefined;
  // `how many in total` is a count.
  const isAnd = phrases.some((one, at) => isWord(one, 'and') && isWord(phrases[at + 1], 'measure'));
  const isSum = asked.asks === 'how-much' || (said.calls[0] === 'sum' && isAnd);
  if (!isSum || !asksHowMany(state)) return;
  if (asked.shown.every(isCount)) asked.shown.push({ call: 'sum', of: soleAmount(state, thing) });
}

/** `number of bookings and total price by channel`: amounts beside measures are added up; whether all are. */
export function sumOfGroups({ asked, ...state }: ParseState): boolean {
  const { shown, groups } = asked;
  const isFigure = (item: Item) => isMeasure(item) || isAmount(state, item);
  if (!shown.some(isMeasure) || !shown.every(isFigure)) return false;
  asked.shown = [...groups, ...shown.map(sumOf)];
  return true;
}

/** `how many bookings were there, and what was their total price`: of the same rows; whether it is so. */
export function sumOfCounted(state: ParseState, thing: string): boolean {
  const { asked } = state;
  const isOfThing = (item: Item) =>
    isMeasure(item)
      ? isTable(item.rows, thing)
      : isTable(item.table, thing) && isAmount(state, item);
  const isPlain = asked.order === undefined && asked.having.length === 0;
  // 交易笔数和交易金额 ask for both of all rows.
  const isCounted = asksHowMany(state) || (state.chinese && asked.shown.some(isMeasure));
  if (!isPlain || !isCounted || !asked.shown.every(isOfThing)) return false;
  asked.shown = asked.shown.map(sumOf);
  return true;
}

/** `how many orders and customers`: the second is counted, too. */
export function isCountedToo({ asked, chinese, phrases, at }: ParseState, table: string): boolean {
  const last = asked.shown.at(-1);
  const [counting, counted, joint] = phrases.slice(Math.max(0, at - 4), at - 1);
  const isCounting =
    isWord(counting, 'how-many') || (isWord(counting, 'measure') && counting.call === 'count');
  const isBeside = isWord(joint, 'and') && isCounting;
  if (chinese || counted?.kind !== 'table' || !isBeside || counted.table === table) return false;
  return last !== undefined && isMeasure(last) && last.rows === counted.table;
}

/** Whether figures of many rows are added up. */
function isAmount(state: Pick<ParseState, 'schema' | 'chinese'>, ref: ColumnRef): boolean {
  const isName = isLabel(state, ref) || /(?:number|num|no|code|号)$/i.test(ref.column);
  return isNumber(state, ref) && addsUp(state, ref) && !isKey(ref) && !isName;
}

function sumOf(item: Item): Item {
  return isMeasure(item) ? item : { call: 'sum', of: item };
}
