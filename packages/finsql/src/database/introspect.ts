/** SQLite file → Schema: tables, views, columns, keys, comments, a few values. */
import { basename } from 'node:path';
import { quote } from '../schema/identifiers.ts';
import { type Column, type ForeignKey, fold, type Schema, type Table } from '../schema/schema.ts';
import { columnKind } from './column-kind.ts';
import { parseComments } from './comments.ts';
import { openReadOnly } from './open.ts';
import type { Database } from './sqlite.ts';

/** Rows that are looked at for samples. */
const SAMPLE_ROWS = 500;
const SAMPLES = 5;

interface MasterRow {
  readonly type: 'table' | 'view';
  readonly name: string;
  readonly sql: string | null;
}

/**
 * Reads the schema of a SQLite file.
 * @param name how the schema is called; the file's name without its ending unless given
 * @throws FinSqlError `no-such-database` or `not-a-database`
 */
export function introspect(file: string, name?: string): Schema {
  const database = openReadOnly(file);
  try {
    const rows = database
      .prepare<[], MasterRow>(
        `select type, name, sql from sqlite_master
         where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by rowid`,
      )
      .all();
    return {
      name: name ?? basename(file).replace(/\.[^.]*$/, ''),
      tables: rows
        .map((row) => readTable(database, row))
        .filter((table) => table.columns.length > 0),
    };
  } finally {
    database.close();
  }
}

function readTable(database: Database, row: MasterRow): Table {
  const comments = parseComments(row.sql ?? '');
  const byColumn = new Map([...comments.columns].map(([key, text]) => [fold(key), text]));
  const samples = sampleValues(database, row.name);
  const columns: Column[] = attempt(
    () =>
      database
        .prepare<[string], { name: string; type: string; pk: number }>(
          'select name, type, pk from pragma_table_xinfo(?) where hidden <> 1',
        )
        .all(row.name),
    [],
  ).map((column) => {
    const values = samples.get(column.name) ?? [];
    return {
      name: column.name,
      type: column.type,
      kind: columnKind(column.name, column.type, values),
      comment: byColumn.get(fold(column.name)) ?? '',
      primaryKey: column.pk > 0,
      samples: values.slice(0, SAMPLES),
    };
  });
  const base = { name: row.name, comment: comments.table, columns };
  if (row.type === 'view') return { ...base, foreignKeys: [] };
  return {
    ...base,
    rowCount: attempt(
      () =>
        database
          .prepare<[], number>(`select count(*) from ${quote(row.name)}`)
          .pluck()
          .get() ?? 0,
      0,
    ),
    foreignKeys: readForeignKeys(database, row.name),
  };
}

function sampleValues(database: Database, table: string): Map<string, string[]> {
  const samples = new Map<string, string[]>();
  const rows = attempt(
    () =>
      database
        .prepare<[], Record<string, unknown>>(`select * from ${quote(table)} limit ${SAMPLE_ROWS}`)
        .all(),
    [],
  );
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (value === null || Buffer.isBuffer(value)) continue;
      const text = String(value);
      const list = samples.get(column) ?? [];
      if (list.length < 20 && !list.includes(text)) list.push(text);
      samples.set(column, list);
    }
  }
  return samples;
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
  } catch {
    return otherwise;
  }
}
