/**
 * Reading only a part of a database. SQLite looks a bare name up among the temporary views before
 * the tables of the file, so each table is covered by a view of what may be read of it, and the guard
 * refuses the one way around, the schema prefix `main.`.
 */
import { quoteIdentifier } from '../schema/identifiers.ts';
import { fold, type Schema } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Forbidden } from '../wording/messages.ts';
import { Database } from './sqlite.ts';

/** Tables and views that may be read, by name; of each all columns, or those named. */
export type AllowList = Readonly<Record<string, 'all' | readonly string[]>>;

/** Under such a name no table can be found. */
const HIDDEN = 'not allowed: ';

/** The schema without what may not be read. */
export function restrictSchema(schema: Schema, allow: AllowList): Schema {
  const allowed = byFoldedName(allow);
  const mayRead = (table: string, column: string): boolean => {
    const columns = allowed.get(fold(table));
    return columns === 'all' || columns?.has(fold(column)) === true;
  };
  return {
    ...schema,
    tables: schema.tables
      .map((table) => ({
        ...table,
        columns: table.columns.filter(({ name }) => mayRead(table.name, name)),
        foreignKeys: table.foreignKeys.filter(
          (key) => mayRead(table.name, key.column) && mayRead(key.table, key.target),
        ),
      }))
      .filter(({ columns }) => columns.length > 0),
  };
}

/** Covers every table of the open file, as it is now, with a view of what may be read. */
export function coverTables(database: Database, allow: AllowList): void {
  const allowed = byFoldedName(allow);
  for (const cover of coversOf(database)) database.exec(`drop view temp.${quoteIdentifier(cover)}`);
  const names = database
    .prepare<[], string>(
      "select name from main.sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'",
    )
    .pluck()
    .all();
  for (const name of names) {
    const columns = allowed.get(fold(name));
    database.exec(
      `create temp view ${quoteIdentifier(name)} as ${viewOf(database, name, columns)}`,
    );
  }
}

/** A way around the views; undefined where the statement has none. */
export function forbiddenPrefix(sql: string): Forbidden | undefined {
  const tokens = tokenizeSql(sql);
  const around = tokens.find(
    ({ kind, value }, i) =>
      /^(?:word|quoted|string)$/.test(kind) &&
      fold(value) === 'main' &&
      tokens[i + 1]?.text === '.',
  );
  return around && { code: 'schema-prefix', prefix: around.text };
}

/**
 * What SQLite has against a statement where there is nothing but what may be read: in a file with covered
 * tables its words would tell hidden names from those that nothing has. Undefined where it takes it.
 */
export function complaintOf(covered: Database, sql: string): unknown {
  const visible = new Database(':memory:');
  try {
    for (const cover of coversOf(covered)) {
      const columns = columnsOf(covered, cover).map(
        (column) => `null as ${quoteIdentifier(column)}`,
      );
      if (columns.length === 0) continue;
      visible.exec(`create view ${quoteIdentifier(cover)} as select ${columns.join(', ')}`);
    }
    visible.prepare(sql);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    visible.close();
  }
}

function coversOf(database: Database): readonly string[] {
  return database
    .prepare<[], string>("select name from temp.sqlite_master where type = 'view'")
    .pluck()
    .all();
}

/** None of a cover that hides all of its table. */
function columnsOf(database: Database, cover: string): readonly string[] {
  try {
    return database
      .prepare<[string], string>("select name from pragma_table_info(?, 'temp')")
      .pluck()
      .all(cover);
  } catch {
    return [];
  }
}

function viewOf(
  database: Database,
  name: string,
  columns: 'all' | Set<string> | undefined,
): string {
  const source = `main.${quoteIdentifier(name)}`;
  if (columns === undefined) return `select * from ${quoteIdentifier(HIDDEN + name)}`;
  if (columns === 'all') return `select * from ${source}`;
  const own = database
    .prepare<[string], string>('select name from pragma_table_xinfo(?) where hidden <> 1')
    .pluck()
    .all(name);
  const readable = own.filter((column) => columns.has(fold(column))).map(quoteIdentifier);
  return readable.length === 0
    ? `select * from ${quoteIdentifier(HIDDEN + name)}`
    : `select ${readable.join(', ')} from ${source}`;
}

/** A table that is named in several spellings may be read as all of them say together. */
function byFoldedName(allow: AllowList): ReadonlyMap<string, 'all' | Set<string>> {
  const allowed = new Map<string, 'all' | Set<string>>();
  for (const [table, columns] of Object.entries(allow)) {
    const known = allowed.get(fold(table));
    const either = columns === 'all' || known === 'all';
    allowed.set(fold(table), either ? 'all' : new Set([...(known ?? []), ...columns.map(fold)]));
  }
  return allowed;
}
