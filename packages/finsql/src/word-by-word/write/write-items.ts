/** What is shown, measured and grouped by as SQL, within the tables that a statement joins. */
import { soleKey } from '../../schema/table-keys.ts';
import {
  type ColumnRef,
  type Group,
  type Item,
  isMeasure,
  isTable,
  type Measure,
  type Order,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { repeatsRows } from './repeated-rows.ts';
import { type Scope, writeColumn } from './write-columns.ts';
import { writeChange, writeHeld, writeShare } from './write-parts.ts';

/** @throws Unread where a join would count or add up the same thing several times */
export function writeItem(scope: Scope, item: Item): string {
  return isMeasure(item) ? writeMeasure(scope, item) : writeColumn(scope, item);
}

/** What rows are grouped by; of things also their keys, so that two of one name stay apart. */
export function writeGroups(scope: Scope, groups: readonly Group[]): string[] {
  const things = groups.filter(({ isThing }) => isThing).map(({ table }) => table);
  const keys = [...new Set(things)].flatMap((table) => {
    const column = soleKey(scope.schema, table);
    return column === undefined ? [] : writeColumn(scope, { table, column });
  });
  return [...new Set([...keys, ...groups.map((group) => writeColumn(scope, group))])];
}

/** A group by itself; things are apart by their keys. */
export function writeGroup(scope: Scope, group: Group): string {
  const key = group.isThing ? soleKey(scope.schema, group.table) : undefined;
  return writeColumn(scope, key === undefined ? group : { table: group.table, column: key });
}

/** What rows are ordered by, first things first. */
export function writeOrder(scope: Scope, { by, thenBy = [], descending }: Order): string[] {
  return [by, ...thenBy].map((item) => `${writeItem(scope, item)} ${descending ? 'desc' : 'asc'}`);
}

function writeMeasure(scope: Scope, measure: Measure): string {
  const { call, of, rows = scope.thing, distinct, percentOf, perOf, change } = measure;
  const { inPercent, heldTo } = measure;
  if (inPercent !== undefined) return writeShare(scope, measure, inPercent);
  if (change !== undefined) return writeChange(scope, measure, change);
  if (heldTo !== undefined) return writeHeld(scope, measure, heldTo);
  if (percentOf !== undefined && of !== undefined) {
    return `100.0 * ${writeMeasure(scope, { call, of })} / ${writeDivisor(scope, measure, percentOf)}`;
  }
  if (perOf !== undefined && of !== undefined) {
    return `${writeMeasure(scope, { call, of })} * 1.0 / ${writeDivisor(scope, measure, perOf)}`;
  }
  if (of !== undefined) {
    const adds = call === 'sum' || call === 'avg';
    if (adds && repeatsRows(scope.joined, of.table, scope.schema)) unread('a sum of repeated rows');
    const column = writeColumn(scope, of);
    if (call === 'range') return `max(${column}) - min(${column})`;
    return `${call}(${distinct === true ? 'distinct ' : ''}${column})`;
  }
  if (!repeatsRows(scope.joined, rows, scope.schema)) return 'count(*)';
  const column = soleKey(scope.schema, rows) ?? unread('repeated rows without a key');
  return `count(distinct ${writeColumn(scope, { table: rows, column })})`;
}

/** The sum of the other figure; of what the rows belong to, the one figure that it has itself. */
function writeDivisor(scope: Scope, { call, of }: Measure, by: ColumnRef): string {
  if (of === undefined || isTable(of.table, by.table)) return writeMeasure(scope, { call, of: by });
  const figure = writeColumn(scope, by);
  return by.per === undefined ? figure : `(${figure})`;
}
