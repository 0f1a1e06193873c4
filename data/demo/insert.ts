/** Writes rows into one table, values in the order of its columns in schema.sql. */
import type { Database } from '@quaestor/finsql/sqlite';

export type Value = string | number | null;

/** @throws if a row has not as many values as the table has columns, or breaks a constraint. */
export function insert(database: Database, table: string, rows: Iterable<readonly Value[]>): void {
  const columns = database.pragma(`table_info(${table})`) as { name: string }[];
  const marks = columns.map(() => '?').join(', ');
  const statement = database.prepare(`INSERT INTO ${table} VALUES (${marks})`);
  for (const row of rows) statement.run(...row);
}
