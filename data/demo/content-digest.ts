/** SHA-256 over schema and rows of a database: equal content gives an equal digest, whatever the file layout. */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** Names of all tables but SQLite's own, in alphabetical order. */
export function tableNames(database: Database): string[] {
  return database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all() as string[];
}

export function contentDigest(database: Database): string {
  const hash = createHash('sha256');
  for (const table of tableNames(database)) {
    hash.update(`\n${table}\n`);
    const columns = database.prepare(`SELECT * FROM ${table}`).columns();
    const order = columns.map((_, i) => i + 1).join(', ');
    const rows = database.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw();
    for (const row of rows.iterate()) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}
