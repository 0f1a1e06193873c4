/** A reading as SQL. */
import { isDeepStrictEqual } from 'node:util';
import type { Link } from '../../retrieval/context.ts';
import { identifier } from '../../schema/identifiers.ts';
import { findColumn, findTable, fold, type Schema } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { joinTables } from '../columns/joins.ts';
import {
  type ColumnCondition,
  type ColumnRef,
  columnIn,
  columnsOfPart,
  type Having,
  type Item,
  isMeasure,
  isTable,
  type Reading,
  tablesOfFigure,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { denyRows, isDenied } from '../take/deny-rows.ts';
import { repeatsRows } from './repeated-rows.ts';
import { type AmongRows, writeBoth } from './write-both.ts';
import { aliasOf, type Scope, writeColumn, writeFrom } from './write-columns.ts';
import { type Absent, writeAbsence, writeCondition, writeMean } from './write-conditions.ts';
import { writeCounts } from './write-counts.ts';
import { writeFewer } from './write-fewer.ts';
import { placedRows } from './write-first.ts';
import { writeGroups, writeItem, writeOrder } from './write-items.ts';
import { steppedRows } from './write-steps.ts';
import { writeWithNone } from './write-with-none.ts';

/**
 * The statement of a reading.
 * @throws Unread where its tables can't be joined, or what they are joined to spoils its figures
 */
export function writeReading(given: Reading, schema: Schema, links: readonly Link[]): string {
  const write = (reading: Reading, among: readonly AmongRows[]) =>
    writeOne(reading, among, schema, links);
  return writeBoth(given, schema, links, write);
}

function writeOne(
  given: Reading,
  among: readonly AmongRows[],
  schema: Schema,
  links: readonly Link[],
): string {
  if (given.withNone) return writeWithNone(given, schema, links);
  const fewer = writeFewer(given, schema, links);
  if (fewer !== undefined) return fewer;
  const reading = denyRows(given, schema, links);
  const { held, absent } = splitConditions(reading);
  const counts = writeCounts(reading);
  if (counts !== undefined) return counts;
  const { thing, shown, groups, having } = reading;
  const joined = joinTables(links, tablesOf(reading, held)) ?? unread('no way to join');
  // 在某店没买过: whether of that shop alone does not show.
  if (absent.some(({ table }) => joined.tables.includes(fold(table)))) {
    unread('joined through what there is none of');
  }
  const scope: Scope = { joined, schema, links, thing };
  expectRows(reading, held, scope);
  const where = [
    ...held.map((one) => writeCondition(one, (table) => aliasOf(scope, table))),
    ...absent.map((one) => writeAbsence(scope, one)),
    ...writeStored(scope, reading),
    ...among.map(
      ({ column, sql, not }) => `${writeColumn(scope, column)} ${not ? 'not in' : 'in'} (${sql})`,
    ),
  ];
  const grouping = writeGroups(scope, groups);
  const kept = having.map(
    ({ measure, sign, value }) => `${writeItem(scope, measure)} ${sign} ${writeBound(value)}`,
  );
  const placed = reading.steps
    ? steppedRows(scope, reading.steps, groups)
    : placedRows(scope, reading);
  const named = reading.overGroups === undefined ? '' : ' as number';
  const selected =
    placed?.select ?? `${shown.map((item) => writeItem(scope, item)).join(', ')}${named}`;
  const isOnce = isDistinct(reading, scope);
  const apart = isOnce ? keptApart(reading, scope) : [];
  const rows = [
    `select ${isOnce && apart.length === 0 ? 'distinct ' : ''}${selected}`,
    writeFrom(scope),
    ...clause('where', [...new Set(where)], ' and '),
    ...clause('group by', [...grouping, ...apart], ', '),
    ...clause('having', kept, ' and '),
    ...(placed === undefined ? sorted(scope, reading) : []),
  ].join(' ');
  if (placed !== undefined) return placed.around(rows);
  if (reading.overGroups !== undefined)
    return `select ${reading.overGroups}(number) from (${rows})`;
  return reading.countsGroups ? `select count(*) from (${rows})` : rows;
}

/** 账期最短的客户: of those that have one; what holds nothing comes before the least. */
function writeStored(scope: Scope, { order, limit, firstOf }: Reading): string[] {
  const isFirst = limit !== undefined || firstOf !== undefined;
  if (order === undefined || order.descending || !isFirst || isMeasure(order.by)) return [];
  const { table, column, ...more } = order.by;
  const found = findTable(scope.schema, table);
  const isPlain = Object.values(more).every((one) => one === undefined);
  const isEmpty = found !== undefined && findColumn(found, column)?.holdsNull === true;
  return isPlain && isEmpty ? [`${writeColumn(scope, order.by)} is not null`] : [];
}

function sorted(scope: Scope, { order, limit, offset }: Reading): string[] {
  return [
    ...clause('order by', order ? writeOrder(scope, order) : [], ', '),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
    ...(offset === undefined ? [] : [`offset ${offset}`]),
  ];
}

function writeBound(value: Having['value']): string {
  if (typeof value === 'number') return String(value);
  if ('meanOf' in value) return writeMean(value.meanOf, value.factor);
  const by = identifier(value.by);
  const counts = `select count(*) as number from ${identifier(value.countsOf)} where ${by} is not null group by ${by}`;
  return `(select avg(number) from (${counts}))`;
}

function clause(keyword: string, parts: readonly string[], joint: string): string[] {
  return parts.length === 0 ? [] : [`${keyword} ${parts.join(joint)}`];
}

function splitConditions({ conditions }: Reading): {
  readonly held: readonly ColumnCondition[];
  readonly absent: readonly Absent[];
} {
  const tables = conditions.flatMap((one) => (one.kind === 'without' ? one : []));
  const folded = tables.map(({ table }) => fold(table));
  const onColumns = conditions.filter((one): one is ColumnCondition => one.kind !== 'without');
  const inner = onColumns.filter(({ column }) => folded.includes(fold(column.table)));
  return {
    held: onColumns.filter((one) => !inner.includes(one)),
    absent: tables.map(({ table, of }) => ({
      table,
      of,
      conditions: inner.filter(({ column }) => isTable(column.table, table)),
    })),
  };
}

function itemsOf({ shown, having, order }: Reading): readonly Item[] {
  return [
    ...shown,
    ...having.map(({ measure }) => measure),
    ...(order ? [order.by, ...(order.thenBy ?? [])] : []),
  ];
}

function tablesOf(reading: Reading, held: readonly ColumnCondition[]): string[] {
  const items = [...itemsOf(reading), ...reading.groups];
  return [
    reading.thing,
    ...items.flatMap((item) => {
      const of = columnIn(item);
      return of === undefined ? [] : tablesOfFigure(of);
    }),
    ...items.flatMap(columnsOfPart).flatMap(tablesOfFigure),
    ...held.flatMap(tablesOn),
    ...items.flatMap((item) => (isMeasure(item) ? (item.rows ?? []) : [])),
    ...reading.tables,
  ];
}

function tablesOn(condition: ColumnCondition): string[] {
  const others = condition.kind === 'columns' ? tablesOfFigure(condition.other) : [];
  return [...tablesOfFigure(condition.column), ...others];
}

/** @throws Unread where rows of several things would be mixed up */
function expectRows(
  { shown, thing, implicit, order, limit = 1, firstOf }: Reading,
  held: readonly ColumnCondition[],
  { joined, schema }: Scope,
): void {
  const told = columnsOf(shown).map(({ table }) => fold(table));
  const owners = told.length > 0 ? told : [fold(thing)];
  const isMany = owners.every((owner) => repeatsRows(joined, owner, schema));
  // `customers that never had tea`: whether none of the rows is so does not show in one of them.
  const isDeniedOfMany = held.some(
    (one) => isDenied(one) && !owners.includes(fold(one.column.table)),
  );
  if (isDeniedOfMany && isMany) unread('not so of any of several rows');
  // `in Berlin and Paris` of rows that stand one for one with what is shown is an alternative.
  const isBoth = held.some(
    (one) =>
      one.kind === 'among' && one.all && !one.not && !owners.includes(fold(one.column.table)),
  );
  if (isBoth && isMany) unread('both of two values');
  if (implicit && !isMany) unread('a measure of single rows');
  // The first of several things by what each has many of: by their sum, or by the greatest?
  const isOfOthers =
    firstOf === undefined &&
    order !== undefined &&
    !isMeasure(order.by) &&
    !owners.slice(0, 1).includes(fold(order.by.table));
  // `top 5 holdings, with market value`: of rows themselves, which are called as what they refer to.
  const isOfRows =
    isTable(order?.by && columnIn(order.by)?.table, thing) && owners.includes(fold(thing));
  // 2025年收益率前五的基金及收益率: of one row each, and it is shown.
  const isOneEach = held.some(
    (one) => one.kind === 'compare' && one.sign === '=' && isOrdered(order, one.column.table),
  );
  const isShown = shown.some((item) => isDeepStrictEqual(item, order?.by));
  const isFirstMany = owners.slice(0, 1).every((owner) => repeatsRows(joined, owner, schema));
  if (isOfOthers && !isOfRows && isFirstMany && limit > 1 && !(isOneEach && isShown))
    unread('things ordered by rows of another table');
}

/** Whether rows are ordered by a column of a table. */
function isOrdered(order: Reading['order'], table: string): boolean {
  return isTable(order && columnIn(order.by)?.table, table);
}

/** Whether rows are to be shown once each: as asked, or where a join may repeat all that is shown. */
function isDistinct(reading: Reading, { joined, schema }: Scope): boolean {
  // `distinct first names of students with at least 2 courses`: two students may have one name.
  const isOfThings = reading.groups.some(({ isThing }) => isThing) && reading.order === undefined;
  if (isOfThings && !reading.shown.some(isMeasure)) return reading.distinct;
  if (itemsOf(reading).some(isMeasure)) return false;
  if (reading.steps !== undefined) return false;
  const isOfFirst = reading.limit !== undefined && reading.offset === undefined;
  if (reading.order !== undefined) return reading.distinct && !isOfFirst;
  const repeats = ({ table }: ColumnRef) => repeatsRows(joined, table, schema);
  return reading.distinct || columnsOf(reading.shown).every(repeats);
}

/** What tells things apart that may be called the same, `claims decided in July` by their titles; none where they are not. */
function keptApart({ thing, shown, groups, distinct, order }: Reading, scope: Scope): string[] {
  const [title, ...more] = columnsOf(shown);
  const table = findTable(scope.schema, thing);
  const key = soleKey(scope.schema, thing);
  const isOther = distinct || groups.length > 0 || order !== undefined || shown.length > 1;
  if (title === undefined || more.length > 0 || isOther || !isTable(title.table, thing)) return [];
  const isRepeated = table !== undefined && findColumn(table, title.column)?.repeats === true;
  if (!isRepeated || key === undefined || fold(key) === fold(title.column)) return [];
  return [writeColumn(scope, { table: thing, column: key }), writeColumn(scope, title)];
}

function columnsOf(items: readonly Item[]): ColumnRef[] {
  return items.flatMap((item) => (isMeasure(item) ? [] : item));
}
