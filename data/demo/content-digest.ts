/** SHA-256 over the rows of a database: equal content gives an equal digest, whatever the file layout. */
import { createHash } from 'node:crypto';
import type { Database } from '@quaestor/finsql/sqlite';

/** Names of all tables but SQLite's own, in alphabetical order. */
export function tableNames(database: Database): string[] {
  return database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all() as string[];
}

/** Every table needs a primary key, which gives the order of its rows. */
export function contentDigest(database: Database): string {
  const hash = createHash('sha256');
  for (const table of tableNames(database)) {
    hash.update(`\n${table}\n`);
    const key = database
      .prepare(`SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`)
      .pluck()
      .all(table);
    const rows = database.prepare(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).raw();
    for (const row of rows.iterate()) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}
