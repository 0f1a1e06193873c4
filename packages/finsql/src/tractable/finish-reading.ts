/** The reading, once all phrases are taken: nothing may be left over, and what is asked for makes sense. */
import { findTable, fold } from '../schema/schema.ts';
import { periodCondition, periodGroup } from './asked-period.ts';
import {
  amountPaid,
  asksHowMany,
  holdToTotal,
  orderByMoney,
  sumUpCounted,
} from './hold-to-total.ts';
import {
  orderBy,
  orderByExtreme,
  orderByRows,
  orderShown,
  orderToAll,
  orderToPeak,
  sortsAll,
} from './order-rows.ts';
import { isListing, type ParseState } from './parse-state.ts';
import { isPartOf } from './part-of.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  type Item,
  isHeld,
  isMeasure,
  isSameColumn,
  type Reading,
} from './reading.ts';
import { hasLabel, isDay, isKey, isLabel, isNumber, soleAmount } from './schema-columns.ts';
import { settleShown, showAsked } from './settle-shown.ts';
import { showChange } from './show-change.ts';
import { showShare } from './show-share.ts';
import { joinAlternatives } from './take-alternative.ts';
import { expectBoth, partBoth } from './take-both.ts';
import { thingOf } from './thing-of.ts';
import { unread } from './unread.ts';
import { showWhole } from './whole-rows.ts';

/** @throws Unread where a word is left over, or what is asked for makes no sense */
export function finishReading(state: ParseState): Reading {
  const { asked, said } = state;
  orderByExtreme(state);
  orderByRows(state);
  holdToTotal(state);
  orderByMoney(state);
  measureAmount(state);
  expectNothingLeft(state);
  countThing(state);
  const thing = asked.thing ?? thingOf(asked);
  if (!said.whichPeriod) expectOthersCounted(state, thing);
  const goesOn = isStateSaid(asked.conditions);
  showShare(state, thing);
  showChange(state, thing);
  showWhole(state, thing);
  showAsked(state, thing);
  const dated = asked.periods.map((period) => periodCondition(state, thing, period));
  asked.conditions = partBoth(state, thing, joinAlternatives(state, dated));
  if (said.eachPeriod !== undefined) {
    asked.groups.push(periodGroup(state, thing, said.eachPeriod));
  }
  if (said.whichPeriod) showPeriod(state);
  else settleShown(state, thing);
  expectBoth(state);
  showFigure(state);
  orderToPeak(state);
  if (said.ordered !== undefined && asked.order === undefined) orderShown(state, thing);
  if (said.many) orderToAll(state);
  limitRows(state);
  expectSense(state);
  if (said.now && !goesOn && mayHaveEnded(state, thing)) unread('what has ended by now');
  if (said.sole && isOfNoRow(asked)) unread('of which row');
  if (isOfNoRow(asked) && asksHowMany(state)) unread('how many of all rows');
  if (said.differing && areOfThing(state, thing)) unread('how many different of those');
  if (said.paid && arePaymentsElsewhere(state, thing)) unread('what is paid');
  const { shown, conditions, both, groups, having, tables, implicit, order, limit } = asked;
  const countsGroups = asked.countsGroups === true;
  const distinct = asked.distinct && shown.length === 1;
  return {
    thing,
    shown,
    conditions,
    both,
    groups,
    having,
    tables,
    distinct,
    implicit,
    countsGroups,
    order,
    limit,
  };
}

/** `which month had the most orders`, `in which months were there more than 5 orders`. */
function showPeriod({ asked }: ParseState): void {
  const { order, having, groups } = asked;
  const [period, ...more] = groups;
  const isMeasured = having.length > 0 || (order !== undefined && isMeasure(order.by));
  if (period === undefined || more.length > 0 || asked.shown.length > 0) unread('which period');
  if (!isMeasured && order === undefined) unread('which period of what');
  asked.shown = [period];
  if (!isMeasured) asked.groups = [];
}

/** A total may be said of what is shown as it is: `total amount` of rows that hold totals. */
function expectNothingLeft(state: ParseState): void {
  const { asked, said } = state;
  const isLeft =
    said.calls.some((call) => call !== 'sum') ||
    [said.sign, said.number, said.extreme, said.top, said.compared, said.period].some(
      (one) => one !== undefined,
    ) ||
    [said.distinct, said.grouping, said.sorting, said.negated, said.without].includes(true);
  if (isLeft) unread('a word is left over');
  if (said.inPercent && !said.share && said.change === undefined && state.chinese) {
    unread('in percent of what');
  }
  if (said.sorts && asked.order === undefined && said.ordered === undefined)
    unread('sorted by nothing');
}

/** `total paid in 2023`, `the largest invoice`: of the one amount of the thing. */
function measureAmount(state: ParseState): void {
  const { asked, said } = state;
  const [call, ...more] = said.calls;
  const isOfAmount = said.extreme?.of === 'any' && said.extreme.dimension === undefined;
  if (said.extreme !== undefined && isOfAmount && said.extremeThing && call === undefined) {
    const thing = asked.thing ?? thingOf(asked);
    const { descending } = said.extreme;
    const amount = soleAmount(state, thing);
    said.extreme = undefined;
    // What is called nothing is told by its amount: `the largest donation`.
    if (asked.shown.length > 0 || hasLabel(state, thing)) orderBy(state, amount, descending);
    else asked.shown.push({ call: descending ? 'max' : 'min', of: amount });
    return;
  }
  // `total orders` may be how many, `average orders per customer` too.
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  const isOpen = call === 'sum' || (call !== undefined && isGrouped);
  if (said.tableMeasured && isOpen) unread('a measure of a table');
  sumUpCounted(state);
  const isSum = (call === 'sum' || call === 'avg') && more.length === 0;
  if (!isSum || asked.shown.length > 0 || said.extreme !== undefined) return;
  asked.shown.push({ call, of: amountPaid(state, asked.thing ?? thingOf(asked)) });
  said.calls = [];
}

/** `top 3 customers by number of orders, with the count`. */
function showFigure({ asked, said }: ParseState): void {
  if (!said.figure) return;
  if (asked.order === undefined) unread('a figure of no order');
  asked.shown.push(asked.order.by);
}

/** `how many customers are there`. */
function countThing(state: ParseState): void {
  const { asked } = state;
  if (!asked.counting) return;
  // `how many no-shows`, 有多少笔申购: what is held tells what is counted.
  const isHeld = asked.conditions.length > 0;
  const thing = asked.thing ?? (isHeld ? thingOf(asked) : undefined);
  if (thing === undefined || asked.shown.length > 0) unread('counts nothing');
  asked.shown.push({ call: 'count', rows: thing });
}

/** `customers with more than 5 customers`. */
function expectOthersCounted(state: ParseState, thing: string): void {
  const { asked } = state;
  const isRow = (item: Item) => !isMeasure(item) && (isLabel(state, item) || isKey(item));
  if (asked.groups.length > 0 || !asked.shown.every(isRow)) return;
  const countsItself = ({ rows }: { readonly rows?: string }) =>
    rows !== undefined && fold(rows) === fold(thing);
  if (asked.having.some(({ measure }) => countsItself(measure))) unread('counts itself');
}

/** The first row alone, unless a number of rows is said or all are sorted. */
function limitRows(state: ParseState): void {
  const { asked } = state;
  if (asked.order !== undefined && !sortsAll(state)) asked.limit ??= 1;
  if (asked.limit === undefined) return;
  if (asked.order === undefined) unread('a number of rows without an order');
  if (!Number.isInteger(asked.limit) || asked.limit <= 0) unread('no number of rows');
}

function expectSense(state: ParseState): void {
  const { shown, conditions } = state.asked;
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count';
  if (state.said.unitAsked && shown.some(isCount)) unread('rows counted by a unit');
  if (contradicts(conditions)) unread('a column is two things');
  if (shown.some((item) => !isMeasure(item) && isHeld(item, conditions))) {
    unread('asks for what it says');
  }
  if (shown.some((item) => isPeakOfDay(item) && conditions.some((one) => isOfDays(state, one)))) {
    unread('the most of each of several days');
  }
  if (isOrderedBesideGroups(state)) unread('an order beside groups');
  if (isEachOrAll(state)) unread('each amount, or all of them');
  if (!shown.every((item) => isMeasurable(state, item))) unread('a measure of a text');
}

/** `how many different customers bought in 2023`: held by what they are, not by what they did. */
function areOfThing({ asked: { conditions }, links }: ParseState, thing: string): boolean {
  const isOwn = (one: Condition) => fold(columnOn(one)?.table ?? '') === fold(thing);
  const isOfOwn = (one: Condition) =>
    isOwn(one) || isPartOf(links, thing, columnOn(one)?.table ?? thing);
  const isDated = conditions.some((one) => isOwn(one) && one.kind === 'between');
  return isDated || (conditions.length > 0 && conditions.every(isOfOwn));
}

/** `what is the price`, where nothing says of what. */
function isOfNoRow({ thing, shown, conditions, groups, order }: ParseState['asked']): boolean {
  const isHeld = thing !== undefined || conditions.length > 0 || groups.length > 0;
  return !isHeld && order === undefined && !shown.some(isMeasure);
}

/** `requests still pending`, `contracts still running`. */
function isStateSaid(conditions: readonly Condition[]): boolean {
  return conditions.some(
    (one) => one.kind === 'stored' || /status|state$|状态/i.test(columnOn(one)?.column ?? ''),
  );
}

/** 最高价 of a month may be that of each of its days, or the highest of them. */
function isPeakOfDay(item: Item): boolean {
  return !isMeasure(item) && /^(?:high|low|max|min)|^最[高低大小]/i.test(item.column);
}

/** Rows of one group are in no order by what differs within it. */
function isOrderedBesideGroups({ asked: { order, groups } }: ParseState): boolean {
  if (order === undefined || isMeasure(order.by) || groups.length === 0) return false;
  const isOfGroup = (by: ColumnRef) =>
    groups.some(
      (group) => isSameColumn(group, by) || (group.isThing && fold(group.table) === fold(by.table)),
    );
  return ![order.by, ...(order.thenBy ?? [])].every(isOfGroup);
}

/** 2023年开票金额: without a word for it, of each row, or of all of them? */
function isEachOrAll(state: ParseState): boolean {
  const { shown, conditions, order, thing, groups } = state.asked;
  const [only, ...more] = shown;
  if (!state.chinese || only === undefined || more.length > 0 || isMeasure(only)) return false;
  if (thing !== undefined || isListing(state) || order !== undefined || groups.length > 0)
    return false;
  const isAmount = /amount|amt|金额/i.test(only.column);
  return isAmount && conditions.some((one) => isOfDays(state, one));
}

function isOfDays(state: ParseState, condition: Condition): boolean {
  return condition.kind === 'between' && isDay(state, condition.column);
}

/** The day on which something ends, or the word for it. */
const ENDS =
  /(?:^|_)(?:end|to|until|left|valid_to)(?:_|$)|end_?da|terminat|clos|expir|matur|leav|inactive|结束|终止|离职|到期|注销/i;

/** Whether rows of a table that is read may be of what is over. */
function mayHaveEnded(state: ParseState, thing: string): boolean {
  return tablesRead(state, thing).some((table) =>
    findTable(state.schema, table)?.columns.some(({ name }) => ENDS.test(name)),
  );
}

const PAYMENTS = /payment|pmt|付款|支付|缴费/i;

/** Whether payments are kept in a table of their own, and what is paid is not read from it. */
function arePaymentsElsewhere(state: ParseState, thing: string): boolean {
  const isOfPayments = (name: string) => PAYMENTS.test(name);
  const { tables } = state.schema;
  return (
    tables.some(({ name }) => isOfPayments(name)) && !tablesRead(state, thing).some(isOfPayments)
  );
}

function tablesRead({ asked }: ParseState, thing: string): string[] {
  return [
    thing,
    ...asked.tables,
    ...asked.shown.flatMap((item) => columnIn(item)?.table ?? []),
    ...asked.conditions.flatMap((one) => columnOn(one)?.table ?? []),
  ];
}

/** Whether a column is to equal two things at once. */
function contradicts(conditions: readonly Condition[]): boolean {
  const held = conditions.flatMap((one) =>
    one.kind === 'among' || (one.kind === 'compare' && one.sign === '=')
      ? fold(`${one.column.table}.${one.column.column}`)
      : [],
  );
  return new Set(held).size < held.length;
}

/** Numbers; of days the first and the last; of anything how many. */
function isMeasurable(state: ParseState, item: Item): boolean {
  if (!isMeasure(item) || item.of === undefined || item.call === 'count') return true;
  if (isNumber(state, item.of)) return true;
  return isDay(state, item.of) && (item.call === 'min' || item.call === 'max');
}
