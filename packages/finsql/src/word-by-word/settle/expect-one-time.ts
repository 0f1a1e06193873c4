/** What stands at a time, of rows that tell it month by month: added up over all of them it is nothing. */
import { type Column, findTable, fold, type Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { wordsOf } from '../columns/name-words.ts';
import { columnOf, holdsDays, holdsMonthNumbers, holdsMonths } from '../columns/schema-columns.ts';
import {
  type ColumnRef,
  type Condition,
  columnOn,
  columnsOfPart,
  isMeasure,
  isSameColumn,
  isTable,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isNotedByDays } from '../take/noted-amounts.ts';
import type { AskedBy } from './asked-by.ts';

/** 累计折旧, 期末余额. */
const STANDING = /^累计|^期[末初]|(?:余额|净值|结余|结存|存量|市值|保有量|户数)$/u;
/** `closing_balance`, `net_book_value`. */
const ENGLISH_STANDING =
  /(?:^| )(?:balance|nbv|nav|book value|net asset value|net assets|headcount|holder count|accumulated|accumulated depreciation)(?: (?:eur|usd|gbp|cents|k))?$/;
const ENGLISH_AS_OF =
  /^(?:balance|nav|snapshot|as of|eod|position|valuation|report|reporting) (?:date|day)$/;
/** The days as of which rows tell it. */
const AS_OF = /报告|统计|截止|截至|快照|数据日|期末|月末|年末|净值日|估值日|as_?of|snapshot/iu;
/** One figure, where 存款余额 alone may be all that are told. */
const ASKS_ONE = /(?:是|为|有)多少(?:万|亿)?元?[？?。]?$/u;
/** Months that rows are of. */
const OF_MONTHS = /期|月|period|month/iu;

/** 各部门的累计折旧, and one 净值 after another, where each month tells it of each asset. @throws Unread where no one time is said */
export function expectOneTime(reading: Reading, by: AskedBy): void {
  if (!by.chinese) expectTimeOfBound(reading, by);
  expectTogether(reading, by);
  const { schema, links, question, chinese } = by;
  const { shown, order, having } = reading;
  const ordered = order === undefined || !isMeasure(order.by) ? [] : [order.by];
  const measures = [
    ...shown.filter(isMeasure),
    ...ordered,
    ...having.map(({ measure }) => measure),
  ];
  const sums = measures.flatMap(({ call, of }) => (call === 'sum' && of !== undefined ? of : []));
  const isOne = shown.length === 1 && ASKS_ONE.test(question);
  const singles = isOne ? shown.flatMap((one) => (isMeasure(one) ? [] : one)) : [];
  if ([...sums, ...singles].some((ref) => isOpenInTime(reading, ref, { schema, links, chinese })))
    unread('the sum of several times');
}

/** `which company had the largest net assets`, of funds that it has many of: of one, or of all together? @throws Unread */
function expectTogether({ thing, order }: Reading, { schema, links }: AskedBy): void {
  if (order === undefined || isMeasure(order.by) || isTable(order.by.table, thing)) return;
  const { table } = order.by;
  const isOwn = links.some((link) => link.table === fold(table) && link.target === fold(thing));
  const column = columnOf({ schema }, order.by);
  if (!isOwn && column !== undefined && stands(column))
    unread('the most of one, or of all together');
}

/** `accounts with a closing balance over 1 million`: on which day. @throws Unread where no one time is said, nor that any is meant */
function expectTimeOfBound(reading: Reading, by: AskedBy): void {
  if (/\b(?:ever|never|any day|any month|at some point|at any time)\b/i.test(by.question)) return;
  const bounds = reading.conditions.flatMap((one) =>
    one.kind === 'compare' && /[<>]/.test(one.sign) ? one.column : [],
  );
  const isOfMany = (ref: ColumnRef) => !isTable(ref.table, reading.thing);
  if (bounds.some((ref) => isOfMany(ref) && isOpenInTime(reading, ref, by)))
    unread('so much at which time');
}

/** Whether a figure stands at several times of each thing, and no one of them is said. */
function isOpenInTime(
  reading: Reading,
  ref: ColumnRef,
  { schema, links, chinese }: Pick<AskedBy, 'schema' | 'links' | 'chinese'>,
): boolean {
  const table = findTable(schema, ref.table);
  const column = columnOf({ schema }, ref);
  if (table === undefined || column === undefined) return false;
  const isOfOthers = links.some((link) => link.table === fold(table.name));
  if (!stands(column) || !isOfOthers) return false;
  const times = timesOf(table, isNotedByDays({ schema }, ref.table));
  const isSaid = times.some((time) => isHeldTo(reading, table.name, { time, chinese }));
  return times.length > 0 && !isSaid;
}

/** Whether a figure is what stands at a time. */
function stands(column: Column): boolean {
  const words = wordsOf(column.name).join(' ');
  return calledBy(column).some((name) => STANDING.test(name)) || ENGLISH_STANDING.test(words);
}

/** The columns that tell of when rows are; none where all are of one time. */
function timesOf({ columns }: Table, isNoted: boolean): Column[] {
  return columns.filter((column) => {
    const isMonth = holdsMonthNumbers(column) || holdsMonths(column);
    const names = calledBy(column);
    const isTime =
      (isMonth && names.some((name) => OF_MONTHS.test(name))) ||
      (holdsDays(column) &&
        (names.some((name) => AS_OF.test(name)) ||
          ENGLISH_AS_OF.test(wordsOf(column.name).join(' ')) ||
          (isNoted && column.primaryKey)));
    return isTime && column.samples.length > 1;
  });
}

/** Whether rows are held to a time, grouped or ordered by it. */
function isHeldTo(
  { shown, conditions, groups, order }: Reading,
  table: string,
  { time: column, chinese }: { readonly time: Column; readonly chinese: boolean },
): boolean {
  const time: ColumnRef = { table, column: column.name };
  // Of several months, what stands in each is still told again.
  const isSpan = ({ kind }: Condition) => /^(?:between|within)$/.test(kind);
  const isOne = (one: Condition) =>
    !isSpan(one) || (holdsDays(column) && (chinese || areApart(column.samples)));
  return (
    conditions.some((one) => {
      const held = columnOn(one);
      return held !== undefined && isSameColumn(held, time) && isOne(one);
    }) ||
    shown.flatMap(columnsOfPart).some((one) => isSameColumn(one, time)) ||
    groups.some((group) => isSameColumn(group, time)) ||
    (order !== undefined && !isMeasure(order.by) && isSameColumn(order.by, time))
  );
}

/** Whether no two of the days are of one month. */
function areApart(days: readonly string[]): boolean {
  return new Set(days.map((day) => day.slice(0, 7))).size === days.length;
}
