/** Amounts of rows that no column is named for: `total paid in 2023`, `the largest invoice`. */
import { hasLabel, lineAmount, sizeOf, soleAmount } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type Item, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { amountPaid, sumUpCounted } from '../take/hold-to-total.ts';
import { orderBy } from '../take/order-rows.ts';
import { areAmounts, isOfMoney } from '../take/sum-rows.ts';
import { thingOf } from '../take/thing-of.ts';
import { showsAmount } from '../take/told-by-amount.ts';

/** `total paid in 2023`, `the largest invoice`: of the one amount of the thing. @throws Unread where it may be another figure */
export function measureAmount(state: ParseState): void {
  const { asked, said } = state;
  const [call, ...more] = said.calls;
  const isOfAmount = said.extreme?.of === 'any' && said.extreme.dimension === undefined;
  if (said.extreme !== undefined && isOfAmount && said.extremeThing && call === undefined) {
    const thing = asked.thing ?? thingOf(asked);
    if (isOfRowsBefore(state, thing)) unread('the most of which figure');
    const { descending } = said.extreme;
    const amount = sizeOf(state, thing) ?? lineAmount(state, thing) ?? soleAmount(state, thing);
    said.extreme = undefined;
    // What is called nothing is told by its amount: `the largest donation`.
    if (asked.shown.length > 0 || hasLabel(state, thing)) {
      if (showsAmount(state, thing, amount)) asked.shown.push(amount);
      orderBy(state, amount, descending);
    } else asked.shown.push({ call: descending ? 'max' : 'min', of: amount });
    return;
  }
  // `total orders` may be how many, `average orders per customer` too; not in dollars.
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  const isOpen = call === 'sum' || (call !== undefined && isGrouped);
  const isMoney =
    said.unitAsked ||
    isOfMoney(asked.thing ?? '') ||
    (areAmounts(asked.thing ?? '') && !said.money);
  if (said.tableMeasured && isOpen && !isMoney) unread('a measure of a table');
  sumUpCounted(state);
  // `smallest and largest bonus`.
  const areExtremes = said.calls.every((one) => one === 'min' || one === 'max');
  if (!state.chinese && call !== undefined && areExtremes && asked.shown.length === 0) {
    const of = soleAmount(state, asked.thing ?? thingOf(asked));
    asked.shown.push(...said.calls.map((one): Item => ({ call: one, of })));
    said.calls = [];
    return;
  }
  const isSum = (call === 'sum' || call === 'avg') && more.length === 0;
  if (!isSum || asked.shown.length > 0 || said.extreme !== undefined) return;
  asked.shown.push({ call, of: amountPaid(state, asked.thing ?? thingOf(asked)) });
  said.calls = [];
}

/** 净值最高的产品: in Chinese, what stands before the word tells of what it is. */
function isOfRowsBefore({ chinese, phrases }: ParseState, thing: string): boolean {
  const before = phrases[phrases.findIndex((one) => isWord(one, 'extreme')) - 1];
  return chinese && before?.kind === 'table' && !isTable(before.table, thing);
}
