/** Things with how many rows each has, or what they come to, those without any as well: `include those without any`. */

import type { Link } from '../../retrieval/context.ts';
import { identifier } from '../../schema/identifiers.ts';
import { fold, type Schema } from '../../schema/schema.ts';
import { keysTo } from '../columns/part-of.ts';
import {
  type ColumnCondition,
  isMeasure,
  isTable,
  type Measure,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { writeQualified } from './write-columns.ts';
import { writeCondition } from './write-conditions.ts';

/** @throws Unread where it is of anything but one count or sum of each thing, of rows that refer to it */
export function writeWithNone(reading: Reading, schema: Schema, links: readonly Link[]): string {
  const { shown, groups, order, limit } = reading;
  const [thing, ...others] = new Set(groups.map(({ table }) => fold(table)));
  const [measure, ...measures] = shown.filter(isMeasure);
  if (thing === undefined || measure === undefined || !isPlain(reading)) return unread(NOT_PLAIN);
  if (others.length + measures.length > 0 || !groups.every(({ isThing }) => isThing))
    return unread(NOT_PLAIN);
  const rows = measure.of?.table ?? measure.rows ?? reading.thing;
  const { outer, from, where } = rowsOfThing(reading, { thing, rows }, schema, links);
  const figure = `(select ${callOf(measure)} ${from}) as figure`;
  const selected = shown.map((item) =>
    isMeasure(item) ? figure : writeQualified(item, undefined),
  );
  const by = order === undefined ? undefined : orderedBy(order.by);
  return [
    `select ${selected.join(', ')} from ${outer}`,
    ...(where.length > 0 ? [`where ${where.join(' and ')}`] : []),
    ...(by === undefined ? [] : [`order by ${by} ${order?.descending ? 'desc' : 'asc'}`]),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
  ].join(' ');
}

/**
 * The pieces of a statement over things with a query for the rows of each.
 * @throws Unread where the rows do not refer to the things, in one way, or where conditions are on others
 */
export function rowsOfThing(
  reading: Reading,
  { thing, rows }: { readonly thing: string; readonly rows: string },
  schema: Schema,
  links: readonly Link[],
): { readonly outer: string; readonly from: string; readonly where: readonly string[] } {
  const [link, ...more] = keysTo(links, rows, thing).filter(
    ({ table, target }) => table !== target,
  );
  if (link === undefined || more.length > 0) return unread('rows of what, none among them');
  const { own, ofRows } = partsOf(reading, thing, rows);
  const nameOf = (table: string) => schema.tables.find(({ name }) => fold(name) === table)?.name;
  const outer = identifier(nameOf(fold(thing)) ?? thing);
  const inner = identifier(rows);
  const held = [
    `${inner}.${identifier(link.column)} = ${outer}.${identifier(link.targetColumn)}`,
    ...ofRows.map((one) => writeCondition(one, () => inner)),
  ];
  return {
    outer,
    from: `from ${inner} where ${held.join(' and ')}`,
    where: own.map((one) => writeCondition(one, () => undefined)),
  };
}

const NOT_PLAIN = 'none of what';

function isPlain({ having, both, steps, firstOf, offset, order }: Reading): boolean {
  const isOther = [both, steps, firstOf, offset, order?.thenBy].some((one) => one !== undefined);
  return having.length === 0 && !isOther;
}

/** The conditions on the things themselves, and those on their rows. */
function partsOf(
  { conditions }: Reading,
  thing: string,
  rows: string,
): { readonly own: ColumnCondition[]; readonly ofRows: ColumnCondition[] } {
  const all = conditions.map((one) => (one.kind === 'without' ? unread(NOT_PLAIN) : one));
  const own = all.filter(({ column }) => isTable(column.table, thing));
  const ofRows = all.filter(({ column }) => isTable(column.table, rows));
  if (own.length + ofRows.length < all.length) unread('none of rows of several tables');
  return { own, ofRows };
}

/** What nothing comes to is 0. */
function callOf({ call, of, distinct, inPercent, change, percentOf, perOf }: Measure): string {
  const isOther = [distinct, inPercent, change, percentOf, perOf].some((one) => one !== undefined);
  if (isOther) return unread(NOT_PLAIN);
  if (of === undefined && call === 'count') return 'count(*)';
  if (of === undefined || call !== 'sum') return unread(NOT_PLAIN);
  return `coalesce(sum(${writeQualified(of, undefined)}), 0)`;
}

function orderedBy(by: Reading['shown'][number]): string {
  return isMeasure(by) ? 'figure' : writeQualified(by, undefined);
}
