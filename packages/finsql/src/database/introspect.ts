/**
 * SQLite file → Schema: tables, views, columns, keys, comments, a few values. The tables in which a
 * virtual table keeps its own data (shadow tables) are none of the user's.
 */
import { quoteIdentifier } from '../schema/identifiers.ts';
import { type Column, type ForeignKey, fold, type Schema, type Table } from '../schema/schema.ts';
import { columnKind } from './column-kind.ts';
import { parseComments } from './comments.ts';
import { databaseName } from './database-name.ts';
import { isLocked } from './in-use.ts';
import { readBriefly } from './open.ts';
import type { Database } from './sqlite.ts';
import { withViewKinds } from './view-kinds.ts';

/** Rows that are looked at for samples; fewer of tables with very many columns. */
const SAMPLE_ROWS = 500;
const SAMPLE_CELLS = 50_000;
const SAMPLES = 5;
/** Columns that rows are called by, and that may call several of them the same. */
const CALLED = /title|subject|desc(?:ription)?$/i;
/** Rows among which one that holds nothing is looked for. */
const ROWS_WITH_NULL = 20_000;

interface MasterRow {
  readonly type: 'table' | 'view';
  readonly name: string;
  readonly sql: string | null;
}

/**
 * Reads the schema of a SQLite file.
 * @param name how the schema is called; the file's name without its ending unless given
 * @throws FinSqlError `no-such-database`, `not-a-database` or `database-in-use`
 */
export function introspect(file: string, name?: string): Schema {
  return readBriefly(file, (database) => {
    const rows = database
      .prepare<[], MasterRow>(
        `select type, name, sql from sqlite_master
         where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'
         and name not in (select name from pragma_table_list where type = 'shadow') order by rowid`,
      )
      .all();
    return withViewKinds(database, {
      name: name ?? databaseName(file),
      tables: rows
        .map((row) => readTable(database, row))
        .filter((table) => table.columns.length > 0),
    });
  });
}

function readTable(database: Database, row: MasterRow): Table {
  const comments = parseComments(row.sql ?? '');
  const byColumn = new Map([...comments.columns].map(([key, text]) => [fold(key), text]));
  const declared = attempt(
    () =>
      database
        .prepare<[string], { name: string; type: string; pk: number; hidden: number }>(
          'select name, type, pk, hidden from pragma_table_xinfo(?) where hidden <> 1',
        )
        .all(row.name),
    [],
  );
  // A view, or a column that is computed, may take as long as any query, and nothing ends it here.
  const stored = row.type === 'view' ? [] : declared.filter(({ hidden }) => hidden === 0);
  const names = stored.map(({ name }) => name);
  const { samples, repeated } = sampleValues(database, row.name, names);
  const empty = columnsWithNull(database, row.name, names);
  const columns: Column[] = declared.map((column) => {
    const values = samples.get(column.name) ?? [];
    return {
      name: column.name,
      type: column.type,
      kind: columnKind(column.name, column.type, values),
      comment: byColumn.get(fold(column.name)) ?? '',
      primaryKey: column.pk > 0,
      samples: values.slice(0, SAMPLES),
      ...(empty.has(column.name) ? { holdsNull: true } : {}),
      ...(repeated.has(column.name) ? { repeats: true } : {}),
    };
  });
  const base = { name: row.name, comment: comments.table, columns };
  if (row.type === 'view') return { ...base, foreignKeys: [] };
  return {
    ...base,
    rowCount: attempt(
      () =>
        database
          .prepare<[], number>(`select count(*) from ${quoteIdentifier(row.name)}`)
          .pluck()
          .get() ?? 0,
      0,
    ),
    foreignKeys: readForeignKeys(database, row.name),
  };
}

function sampleValues(
  database: Database,
  table: string,
  columns: readonly string[],
): { readonly samples: Map<string, string[]>; readonly repeated: ReadonlySet<string> } {
  const samples = new Map<string, string[]>();
  const repeated = new Set<string>();
  if (columns.length === 0) return { samples, repeated };
  const most = Math.min(SAMPLE_ROWS, Math.ceil(SAMPLE_CELLS / columns.length));
  const rows = attempt(
    () =>
      database
        .prepare<[], Record<string, unknown>>(
          `select ${columns.map(quoteIdentifier).join(', ')} from ${quoteIdentifier(table)} limit ${most}`,
        )
        // A sample that is shown must be found: 9007199254740993 is no double.
        .safeIntegers()
        .all(),
    [],
  );
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (value === null || Buffer.isBuffer(value)) continue;
      const text = String(value);
      const list = samples.get(column) ?? [];
      if (CALLED.test(column) && list.includes(text)) repeated.add(column);
      if (list.length < 20 && !list.includes(text)) list.push(text);
      samples.set(column, list);
    }
  }
  return { samples, repeated };
}

/** The columns in which some of the first rows hold nothing. */
function columnsWithNull(
  database: Database,
  table: string,
  columns: readonly string[],
): ReadonlySet<string> {
  if (columns.length === 0) return new Set();
  const tests = columns.map((column) => `max(${quoteIdentifier(column)} is null)`).join(', ');
  const most = Math.min(ROWS_WITH_NULL, Math.ceil((SAMPLE_CELLS * 10) / columns.length));
  const found = attempt(
    () =>
      database
        .prepare<[], (number | null)[]>(
          `select ${tests} from (select * from ${quoteIdentifier(table)} limit ${most})`,
        )
        .raw()
        .get() ?? [],
    [],
  );
  return new Set(columns.filter((_, at) => found[at] === 1));
}

function readForeignKeys(database: Database, table: string): ForeignKey[] {
  return attempt(
    () =>
      database
        .prepare<[string], { from: string; table: string; to: string | null; seq: number }>(
          'select "from", "table", "to", seq from pragma_foreign_key_list(?) order by id desc, seq',
        )
        .all(table),
    [],
  ).flatMap((key) => {
    const target = key.to ?? primaryKey(database, key.table)[key.seq];
    return target === undefined ? [] : [{ column: key.from, table: key.table, target }];
  });
}

/** A key without a target column refers to the primary key. */
function primaryKey(database: Database, table: string): string[] {
  return database
    .prepare<[string], string>('select name from pragma_table_info(?) where pk > 0 order by pk')
    .pluck()
    .all(table);
}

/** A view over a missing table, or a virtual table of an absent module, must not hide the rest. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (isLocked(error)) throw error;
    return otherwise;
  }
}
