/** A column that is grouped by. */
import { calledBy } from '../columns/comment-parts.ts';
import {
  addsUp,
  columnOf,
  isKey,
  isMonthNumber,
  isNumber,
  isQuantity,
  isYear,
} from '../columns/schema-columns.ts';
import { behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import type { ColumnRef } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { groupBy, isBesideGroup, isMeasuredBy } from './beside-group.ts';
import { isSoMuch } from './so-much.ts';

/** `by city`, `by city and category`. */
export function asGroup(state: ParseState, ref: ColumnRef): boolean {
  const isBeside = isBesideGroup(state) && !isFigureOfGroups(state, ref);
  if (!state.said.grouping && !isBeside && !isMeasuredBy(state)) return false;
  if (isUnitOfFigure(state, ref)) unread('a figure for each of so many');
  // 各收了多少手续费: what it is of each of stands elsewhere.
  const isFigure = isNumber(state, ref) && addsUp(state, ref) && !isKey(ref);
  if (
    state.chinese &&
    isFigure &&
    /amount|amt|金额|额$|费$|je$|本金$|余额$|租金$|利息$|市值$|成本$/i.test(calledLast(state, ref))
  )
    unread('groups of a figure');
  groupBy(state, [ref], false);
  return true;
}

/** `for each restaurant, food sales and rent`: what is asked for of each. */
function isFigureOfGroups(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const isFirst = asked.shown.length === 0 && said.calls.length === 0 && !asked.counting;
  return (
    !chinese && isFirst && isQuantity(state, ref) && addsUp(state, ref) && isSoMuch(state, ref)
  );
}

/** `average price per night`, `price paid per unit`: the figure of one of them, and no group. */
function isUnitOfFigure(state: ParseState, ref: ColumnRef): boolean {
  const { phrases, at, chinese } = state;
  const figure = phrases.slice(0, at - 2).findLast((one) => !isWord(one, 'money'));
  const isFigure = figure?.kind === 'column' && isQuantity(state, figure);
  const isTime = isYear(state, ref) || isMonthNumber(state, ref);
  const isUnit =
    /^unit/i.test(ref.column) || (isNumber(state, ref) && addsUp(state, ref) && !isTime);
  return !chinese && isWord(behind(state), 'each') && isFigure && isUnit && !isKey(ref);
}

/** The column by its name, or as its comment calls it. */
function calledLast(state: ParseState, ref: ColumnRef): string {
  const column = columnOf(state, ref);
  return column === undefined ? ref.column : (calledBy(column).at(-1) ?? ref.column);
}
