/** Columns and measures as SQL, within the tables that a statement joins. */
import type { Link } from '../retrieval/context.ts';
import { identifier } from '../schema/identifiers.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { soleKey } from '../schema/table-keys.ts';
import type { Joined } from './joins.ts';
import { type ColumnRef, type Group, type Item, isMeasure, type Measure } from './reading.ts';
import { repeatsRows } from './repeated-rows.ts';
import { unread } from './unread.ts';

/** What a statement is written within. */
export interface Scope {
  readonly joined: Joined;
  readonly schema: Schema;
  readonly links: readonly Link[];
  readonly thing: string;
}

const FORMATS = { year: '%Y', month: '%Y-%m', 'month-of-year': '%m' } as const;

/** @throws Unread where a join would count or add up the same thing several times */
export function writeItem(scope: Scope, item: Item): string {
  return isMeasure(item) ? writeMeasure(scope, item) : writeColumn(scope, item);
}

export function writeColumn(scope: Scope, { table, column, part }: ColumnRef): string {
  const alias = aliasOf(scope, fold(table));
  const name = alias === undefined ? identifier(column) : `${alias}.${identifier(column)}`;
  return part === undefined ? name : `strftime('${FORMATS[part]}', ${name})`;
}

export function writeFrom(scope: Scope): string {
  const { tables, keys } = scope.joined;
  const source = (table: string): string => {
    const alias = aliasOf(scope, table);
    return alias === undefined ? identifier(table) : `${identifier(table)} as ${alias}`;
  };
  const joins = keys.map((key, at) => {
    const left = writeColumn(scope, key);
    const right = writeColumn(scope, { table: key.target, column: key.targetColumn });
    return `join ${source(tables[at + 1] ?? '')} on ${left} = ${right}`;
  });
  return [`from ${source(tables[0] ?? '')}`, ...joins].join(' ');
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

function aliasOf({ joined: { tables } }: Scope, table: string): string | undefined {
  const at = tables.indexOf(table);
  return at < 0 || tables.length === 1 ? undefined : `t${at + 1}`;
}

function writeMeasure(scope: Scope, { call, of, rows = scope.thing, distinct }: Measure): string {
  if (of !== undefined) {
    const adds = call === 'sum' || call === 'avg';
    if (adds && repeatsRows(scope.joined, of.table, scope.schema)) unread('a sum of repeated rows');
    return `${call}(${distinct === true ? 'distinct ' : ''}${writeColumn(scope, of)})`;
  }
  if (!repeatsRows(scope.joined, rows, scope.schema)) return 'count(*)';
  const column = soleKey(scope.schema, rows) ?? unread('repeated rows without a key');
  return `count(distinct ${writeColumn(scope, { table: rows, column })})`;
}
