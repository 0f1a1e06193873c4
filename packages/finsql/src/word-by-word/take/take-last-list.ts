/** The list at the end of a question: what rows are ordered by is settled before it. */
import { singular } from '../../retrieval/words.ts';
import { findTable } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { firstDayOf } from '../columns/first-days.ts';
import { wordsOf } from '../columns/name-words.ts';
import {
  addsUp,
  dimensionOf,
  hasLabel,
  isKey,
  isLabel,
  isMonthNumber,
  isNumber,
  isQuantity,
  soleAmount,
  soleDay,
} from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, refOf } from '../model/phrase.ts';
import {
  type ColumnRef,
  columnOn,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { dayOf } from './day-of-period.ts';
import { descends, orderBy } from './order-rows.ts';
import { labelsOfRows } from './row-labels.ts';
import { thingOf } from './thing-of.ts';

/**
 * @param last whether the list is all that is shown, or stands beside what rows are called by
 * @throws Unread where something else is asked for already
 */
export function takeLastList(state: ParseState, last: 'all' | 'beside'): void {
  const { asked, said } = state;
  if (asked.who && asked.shown.length > 0 && asked.periods.length === 0) unread('who and a column');
  const figure = said.calls.length === 0 ? soleFigureAhead(state) : undefined;
  orderByDimension(state);
  const isMeasured = said.extremeThing || said.extreme?.dimension !== undefined;
  const isOfThing = said.extreme?.of === 'any' && isMeasured;
  if (figure !== undefined && said.extreme !== undefined && isOfThing) {
    const { descending } = said.extreme;
    said.extreme = undefined;
    orderBy(state, figure, descending);
  } else if (figure !== undefined && said.top !== undefined && asked.order === undefined) {
    orderBy(state, figure, descends(state));
  }
  const { thing } = asked;
  const isOwn = (one: Meaning) =>
    isWord(one, 'own-number') ||
    one.kind === 'names' ||
    (one.kind === 'table' && isTable(thing, one.table)) ||
    (one.kind === 'column' && isTable(thing, one.table) && isLabel(state, one));
  const isCalled = thing !== undefined && hasLabel(state, thing);
  const isNumbered = thing !== undefined && isCalled && isToldByNumber(state, thing);
  if (
    last === 'beside' &&
    isCalled &&
    !isNumbered &&
    asked.shown.length === 0 &&
    !ahead(state).some(isOwn)
  ) {
    asked.shown.push(...labelsOfRows(state, thing));
  }
}

/** `the item worth the most: number and value`: what the word measures by is no part of the list. */
function orderByDimension(state: ParseState): void {
  const { asked, said } = state;
  const { dimension, descending } = said.extreme ?? {};
  if (dimension === undefined || descending === undefined || asked.thing === undefined) return;
  const by = dimensionOf(state, asked.thing, dimension);
  if (by === undefined) return;
  said.extreme = undefined;
  orderBy(state, by, descending);
}

/** Whether rows are called by a number or a code, which is shown where it is listed alone. */
function isToldByNumber(state: ParseState, thing: string): boolean {
  return labelsOfRows(state, thing).every(({ column }) =>
    /^(?:number|id|code)$/.test(wordsOf(column).at(-1) ?? ''),
  );
}

/** The one figure of the list that adds up. */
function soleFigureAhead(state: ParseState): ColumnRef | undefined {
  const figures = ahead(state).flatMap((one) =>
    one.kind === 'column' && isNumber(state, one) && addsUp(state, one) && !isKey(one) ? one : [],
  );
  const [only, ...more] = figures;
  if (only === undefined || more.length > 0) return undefined;
  return refOf(only);
}

/**
 * `: number, date and amount`: the number that the rows have, or else their key; the day that a period is said of.
 * @throws Unread where they have none, or several
 */
export function showOwnNumber(
  state: ParseState,
  of: 'number' | 'key' | 'day' | 'amount' | 'money',
): void {
  const { asked } = state;
  const [held] = asked.conditions;
  const thing = asked.thing ?? (held && columnOn(held)?.table) ?? thingOf(asked);
  // 公司和日期.
  const isBeside = state.chinese && asked.shown.length === 0 && isWord(behind(state), 'and');
  const labels =
    isBeside && asked.thing !== undefined && hasLabel(state, thing)
      ? labelsOfRows(state, thing)
      : [];
  // `account, day, pounds`: in whole money.
  if (of === 'money') state.said.unitAsked = true;
  // `orders by status: status, number, pounds`.
  if (!state.chinese && asked.groups.length > 0 && asked.order === undefined && of !== 'day') {
    if (of === 'key') unread('the key of groups');
    const call = of === 'number' ? 'count' : 'sum';
    asked.shown.push(
      call === 'count' ? { call, rows: thing } : { call, of: soleAmount(state, thing) },
    );
    return;
  }
  if (of === 'amount' || of === 'money') {
    asked.shown.push(...labels, amountOfRows(state, thing));
    return;
  }
  if (of !== 'day') {
    const number = numberOf(state, thing, of);
    asked.shown.push(...labels.filter((one) => !isSameColumn(one, number)), number);
    return;
  }
  asked.shown.push(...labels);
  const isOfHeld = asked.thing === undefined && held !== undefined;
  const day = isOfHeld ? soleDay(state, thing) : dayOfRows(state, thing);
  if (asked.periods.length > 0) state.said.periodOf ??= day;
  asked.shown.push(day);
}

/** What rows are the most by, or the amount of each. @throws Unread where there are several */
function amountOfRows(state: ParseState, thing: string): Item {
  const by = state.asked.order?.by;
  const isFigure =
    by !== undefined && (isMeasure(by) || (isQuantity(state, by) && !isMonthNumber(state, by)));
  return isFigure ? by : soleAmount(state, thing);
}

/** @throws Unread where the word is not one of several that are listed */
export function expectItem(state: ParseState): void {
  const [next] = ahead(state);
  const before = behind(state);
  const isItem = next === undefined || isWord(next, 'and', 'in-unit', 'list', 'distinct');
  if (!isItem || !isWord(before, 'and', 'list', 'with')) unread('the number of what');
}

function dayOfRows(state: ParseState, thing: string): ColumnRef {
  const { asked, schema } = state;
  if (asked.periods.length > 0) return dayOf(state, thing);
  const named = findTable(schema, thing)?.columns.find(({ name }) => /^date$/i.test(name));
  if (named !== undefined) return { table: thing, column: named.name };
  return (state.chinese ? firstDayOf(state, thing) : undefined) ?? soleDay(state, thing);
}

function numberOf({ schema }: ParseState, thing: string, of: 'number' | 'key'): ColumnRef {
  const own = new Set(wordsOf(thing).map(singular));
  const isNumber = (name: string) =>
    /^(?:number|no)$/.test(
      wordsOf(name)
        .filter((word) => !own.has(singular(word)))
        .join(' '),
    );
  const numbered = findTable(schema, thing)?.columns.find(({ name }) => isNumber(name))?.name;
  const key = soleKey(schema, thing);
  const column = of === 'number' ? (numbered ?? key) : (key ?? numbered);
  return { table: thing, column: column ?? unread('the number of what') };
}
