/** What is listed behind a stop: `Which accounts are closed? Number and owner`. */
import { isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * `list`; before the last clause, nothing may be left open.
 * @throws Unread where it is no word for that, `average list price`, and where figures are shown already
 */
export function expectListed(state: ParseState, isLast: boolean): void {
  const { asked, said } = state;
  if (!isLast) {
    if (!state.chinese && said.calls.length > 0) unread('what list');
    return;
  }
  const isOpen = said.without || said.negated || said.grouping || said.sign !== undefined;
  if (isOpen) unread('a word is left over');
  // `premiums paid late (policy, due date)`: what stands before are rows, and no column.
  const isFigure = asked.shown.some((item) => !isMeasure(item) && isNumber(state, item));
  if (!state.chinese && asked.thing === undefined && isFigure) unread('figures, or their rows');
}

/** 金额最大的5笔：客户、日期、金额: the rows themselves, of which so many are listed. */
export function takeRowsListed({ asked, said }: ParseState): void {
  const { order, thing, limit } = asked;
  const { number } = said;
  const isOfRows = number?.ofRows === true && said.sign === undefined && limit === undefined;
  if (order === undefined || isMeasure(order.by) || thing !== undefined || !isOfRows) return;
  asked.thing = order.by.table;
  asked.limit = number.value;
  said.number = undefined;
}
