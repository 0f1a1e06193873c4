/** What stands at a time, of rows that tell it month by month: added up over all of them it is nothing. */
import { type Column, findColumn, findTable, type Table } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { holdsDays, holdsMonthNumbers, holdsMonths } from '../columns/schema-columns.ts';
import {
  type ColumnRef,
  type Condition,
  columnOn,
  columnsOfPart,
  isMeasure,
  isSameColumn,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isNotedByDays } from '../take/noted-amounts.ts';
import type { AskedBy } from './asked-by.ts';

/** 累计折旧, 期末余额. */
const STANDING = /^累计|^期[末初]|(?:余额|净值|结余|结存|存量|市值|保有量)$/u;
/** The days as of which rows tell it. */
const AS_OF = /报告|统计|截止|截至|快照|数据日|期末|月末|年末|净值日|估值日|as_?of|snapshot/iu;
/** One figure, where 存款余额 alone may be all that are told. */
const ASKS_ONE = /(?:是|为|有)多少(?:万|亿)?元?[？?。]?$/u;
/** Months that rows are of. */
const OF_MONTHS = /期|月|period|month/iu;

/** 各部门的累计折旧, and one 净值 after another, where each month tells it of each asset. @throws Unread where no one time is said */
export function expectOneTime(reading: Reading, { schema, links, question }: AskedBy): void {
  const { shown, order, having } = reading;
  const by = order === undefined || !isMeasure(order.by) ? [] : [order.by];
  const measures = [...shown.filter(isMeasure), ...by, ...having.map(({ measure }) => measure)];
  const sums = measures.flatMap(({ call, of }) => (call === 'sum' && of !== undefined ? of : []));
  const isOne = shown.length === 1 && ASKS_ONE.test(question);
  const singles = isOne ? shown.flatMap((one) => (isMeasure(one) ? [] : one)) : [];
  const isOpen = [...sums, ...singles].some((ref) => {
    const table = findTable(schema, ref.table);
    const column = table && findColumn(table, ref.column);
    if (table === undefined || column === undefined) return false;
    if (!calledBy(column).some((name) => STANDING.test(name))) return false;
    const isOfOthers = links.some((link) => link.table === table.name.toLowerCase());
    const times = timesOf(table, isNotedByDays({ schema }, ref.table));
    return (
      isOfOthers && times.length > 0 && !times.some((time) => isHeldTo(reading, table.name, time))
    );
  });
  if (isOpen) unread('the sum of several times');
}

/** The columns that tell of when rows are; none where all are of one time. */
function timesOf({ columns }: Table, isNoted: boolean): Column[] {
  return columns.filter((column) => {
    const isMonth = holdsMonthNumbers(column) || holdsMonths(column);
    const names = calledBy(column);
    const isTime =
      (isMonth && names.some((name) => OF_MONTHS.test(name))) ||
      (holdsDays(column) &&
        (names.some((name) => AS_OF.test(name)) || (isNoted && column.primaryKey)));
    return isTime && column.samples.length > 1;
  });
}

/** Whether rows are held to a time, grouped or ordered by it. */
function isHeldTo(
  { shown, conditions, groups, order }: Reading,
  table: string,
  column: Column,
): boolean {
  const time: ColumnRef = { table, column: column.name };
  // Of several months, what stands in each is still told again.
  const isOne = ({ kind }: Condition) => holdsDays(column) || !/^(?:between|within)$/.test(kind);
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
