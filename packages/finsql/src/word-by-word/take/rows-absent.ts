/** That things have no row of a table: `customers without orders`, `trips not billed`, which refer to no bill. */

import { findTable, fold } from '../../schema/schema.ts';
import { keysTo } from '../columns/part-of.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { Condition } from '../model/reading.ts';

/** Where things refer to that table themselves, by one key, that they refer to none. */
export function rowsAbsent(state: ParseState, table: string): Condition {
  const { thing } = state.asked;
  const column = thing === undefined || state.chinese ? undefined : keyTo(state, thing, table);
  return thing === undefined || column === undefined
    ? { kind: 'without', table }
    : { kind: 'stored', column: { table: thing, column }, not: true };
}

/** The one key by which rows of a table refer to those of another, which do not refer back; undefined where there is none. */
export function keyTo(
  { links, schema }: Pick<ParseState, 'links' | 'schema'>,
  table: string,
  target: string,
): string | undefined {
  const [only, ...more] = keysTo(links, table, target);
  const isBack = keysTo(links, target, table).length > 0;
  if (only === undefined || more.length > 0 || isBack) return undefined;
  const columns = findTable(schema, table)?.columns ?? [];
  return columns.find(({ name, primaryKey }) => fold(name) === only.column && !primaryKey)?.name;
}
