/** Keys of tables. */
import { findTable, fold, type Schema } from './schema.ts';

/** The key of a table; undefined where it has none, or one of several columns. */
export function soleKey(schema: Schema, table: string): string | undefined {
  const keys = findTable(schema, table)?.columns.filter(({ primaryKey }) => primaryKey) ?? [];
  return keys.length === 1 ? keys[0]?.name : undefined;
}

/** Whether a column that refers to another table is the whole key of its own. */
export function isOneToOne(schema: Schema, table: string, column: string): boolean {
  const key = soleKey(schema, table);
  return key !== undefined && fold(key) === column;
}
