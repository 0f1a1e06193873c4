/** Figures that a reading is not to show in place of what is asked for: rows for money, single rates for a number. */
import { addsUp, isKey, isNumber, isYear } from '../columns/schema-columns.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';
import { isCalledAsAmounts } from './show-groups.ts';

/** @throws Unread where rows, a rate or single amounts stand where another figure is asked for */
export function expectFigureMeant(reading: Reading, by: AskedBy): void {
  expectAmounts(reading, by);
  expectNumberOfRate(reading, by);
  expectNoAmountsBesideCount(reading, by);
  expectOnePeriod(reading, by);
  expectMostMeant(reading, by);
  expectOwnRatios(reading, by);
}

/** Ratios whose figures a question tells; a current ratio is one of each balance sheet. */
const TELLS_RATIO = /\bdivided by\b|\bratio (?:of|between)\b|\bto (?:\S+ ){1,3}ratio\b/i;

/** `employees with the highest net to gross ratio`: of what their many payslips come to, and not of one. */
function expectOwnRatios(
  { thing, conditions, order }: Reading,
  { question, chinese }: AskedBy,
): void {
  if (chinese || !TELLS_RATIO.test(question)) return;
  const held = conditions.flatMap((one) => (one.kind === 'compare' ? one.column : []));
  const by = order === undefined || isMeasure(order.by) ? [] : [order.by];
  const isRatio = ({ over }: ColumnRef) => over !== undefined;
  const isOfMany = [...held, ...by].some((ref) => isRatio(ref) && !isTable(ref.table, thing));
  if (isOfMany) unread('a ratio of each of many rows');
}

const isCounting = (one: Meaning): boolean =>
  isWord(one, 'how-many') || (isWord(one, 'measure') && one.call === 'count');

/** `original budget versus revised budget by year`, `revised budget for travel`: what they amount to. */
function expectAmounts(reading: Reading, { meanings, chinese }: AskedBy): void {
  const named = meanings.flatMap((one) =>
    one.kind === 'table' && !one.done && isCalledAsAmounts(one.table) ? one.table : [],
  );
  const isNoFigure = (item: Item) => {
    if (!isMeasure(item)) return !named.some((table) => isTable(item.table, table));
    // `percentage of gifts already thanked`: a part of the rows.
    const isPlain = item.inPercent === undefined && item.change === undefined;
    return isPlain && item.rows !== undefined && named.some((table) => isTable(item.rows, table));
  };
  const isOfThing = named.some((table) => isTable(table, reading.thing));
  const isCounted = meanings.some(isCounting) || reading.order !== undefined;
  if (chinese || !isOfThing || isCounted || reading.having.length > 0) return;
  const isGroup = (item: Item) =>
    !isMeasure(item) && reading.groups.some((group) => isSameColumn(group, item));
  if (reading.shown.every((item) => isGroup(item) || isNoFigure(item)))
    unread('rows, or what they amount to');
}

/** `number of splits`, of a ratio of splits. */
function expectNumberOfRate(reading: Reading, { meanings, ...within }: AskedBy): void {
  const heard = meanings.filter((one) => !isWord(one, 'noise'));
  const isOfRate = heard.some((one, at) => {
    const before = heard[at - 1];
    if (one.kind !== 'column' || before === undefined || !isCounting(before)) return false;
    if (one.until !== undefined) return false;
    const isRate = isNumber(within, one) && !addsUp(within, one) && !isKey(one);
    return (
      isRate &&
      !isYear(within, one) &&
      reading.shown.some((item) => !isMeasure(item) && isSameColumn(item, one))
    );
  });
  if (isOfRate) unread('how many of a rate');
}

/** 还款的笔数和金额: rows are counted for each amount of another table. */
function expectNoAmountsBesideCount(reading: Reading, within: AskedBy): void {
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count';
  const isAmount = (item: Item) =>
    !isMeasure(item) &&
    !isTable(item.table, reading.thing) &&
    isNumber(within, item) &&
    addsUp(within, item) &&
    !isKey(item) &&
    !isYear(within, item);
  const { shown, implicit } = reading;
  if (implicit && shown.some(isCount) && shown.some(isAmount)) unread('amounts beside a count');
}

/** Rows that are so much as well as so many. */
const OF_MONEY = /(?:款|费|报销|赎回|申购|捐赠|分红|充值|提现|支出|收入)$/u;

/** 贷款最多的客户: by how many they are, or by how much? 贷款笔数最多 says it. */
function expectMostMeant({ order, groups }: Reading, by: AskedBy): void {
  const { question, phrases, meanings, chinese } = by;
  if (groups.some(({ part }) => part !== undefined)) return;
  if (!chinese || order === undefined || !isMeasure(order.by) || order.by.rows === undefined)
    return;
  const isOpen = meanings.some((one, at) => {
    const before = phrases[at - 1];
    if (!isWord(one, 'extreme') || one.of !== 'count' || before === undefined) return false;
    const isRows = meanings[at - 1]?.kind === 'table';
    return isRows && OF_MONEY.test(question.slice(before.from, before.to));
  });
  if (isOpen) unread('how many, or how much');
}

/** `last week of 2023`: of two periods that share no day there is nothing. */
function expectOnePeriod({ conditions, both }: Reading, { meanings }: AskedBy): void {
  const isOfSeveral =
    both !== undefined || meanings.some((one) => isWord(one, 'and', 'both', 'or', 'but', 'versus'));
  if (isOfSeveral) return;
  const periods = conditions.flatMap((one) =>
    one.kind === 'between' && typeof one.from === 'string' && typeof one.to === 'string'
      ? { column: one.column, from: one.from, to: one.to }
      : [],
  );
  const isApart = periods.some((one, at) =>
    periods
      .slice(at + 1)
      .some(
        (other) =>
          isSameColumn(one.column, other.column) && (one.to < other.from || other.to < one.from),
      ),
  );
  if (isApart) unread('periods that share no day');
}
