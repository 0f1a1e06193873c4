/**
 * Brings a value store up to date with its database, column by column: what is new goes in, what is
 * gone goes out, the rest stays. The database is read without a lock that outlives one column, so a
 * writer is never kept waiting for long; a change on the way is noticed by the stamp and read again.
 */
import { fileStamp } from '../../database/file-stamp.ts';
import { isLocked } from '../../database/in-use.ts';
import { readBriefly } from '../../database/open.ts';
import type { Database } from '../../database/sqlite.ts';
import { quoteIdentifier } from '../../schema/identifiers.ts';
import type { Schema } from '../../schema/schema.ts';
import { hasHan } from '../words.ts';
import { refreshCategories } from './categories.ts';
import { readAbout, writeAbout } from './store.ts';
import { keyOf, pairOf, tightKeyOf } from './units.ts';

export interface ValueLimits {
  /** Distinct texts taken of one column. */
  readonly perColumn: number;
  /** Distinct texts taken over all columns. */
  readonly total: number;
  /** Rows of a table that are looked at. */
  readonly rows: number;
}

/** Characters of a text that counts as a value. */
const LONGEST_VALUE = 80;
/** A letter alone is found in every question. */
const SHORTEST_VALUE = 2;

/** Whether a text of a column is one that the index takes. */
export function isIndexed(text: string): boolean {
  const { length } = [...text];
  return length >= SHORTEST_VALUE && length <= LONGEST_VALUE;
}
const ATTEMPTS = 3;

interface TextColumn {
  readonly table: string;
  readonly column: string;
  /** Rows of its table. */
  readonly rows: number;
}

/**
 * Makes the store hold what the database holds.
 * @returns false when the database went on changing: the next refresh reads it again
 * @throws FinSqlError when the file can't be opened, or another program keeps it locked
 */
export function refreshValues(
  store: Database,
  file: string,
  schema: Schema,
  limits: ValueLimits,
): boolean {
  const columns = textColumns(schema);
  const wanted = wantedOf(columns, limits);
  for (let attempt = 1; ; attempt++) {
    const stamp = fileStamp(file);
    if (readAbout(store, 'wanted') === wanted && readAbout(store, 'stamp') === stamp) return true;
    store.transaction(() => readColumns(store, file, columns, limits)).immediate();
    const settled = fileStamp(file) === stamp;
    store.transaction(() => {
      writeAbout(store, 'source', file);
      writeAbout(store, 'wanted', wanted);
      writeAbout(store, 'stamp', settled ? stamp : '');
    })();
    if (settled || attempt === ATTEMPTS) return settled;
  }
}

/** Whether a refresh would find nothing to do, by the stamp of the file. */
export function isFresh(
  store: Database,
  file: string,
  schema: Schema,
  limits: ValueLimits,
): boolean {
  return (
    readAbout(store, 'wanted') === wantedOf(textColumns(schema), limits) &&
    readAbout(store, 'stamp') === fileStamp(file)
  );
}

/** What a store is to hold, as it is noted in it. */
function wantedOf(columns: readonly TextColumn[], limits: ValueLimits): string {
  return JSON.stringify([limits, columns.map(({ table, column }) => [table, column])]);
}

/** A view repeats its tables' values. */
function textColumns(schema: Schema): TextColumn[] {
  return schema.tables.flatMap(({ name, columns, rowCount: rows }) =>
    rows === undefined
      ? []
      : columns
          .filter(({ kind }) => kind === 'text')
          .map((column) => ({ table: name, column: column.name, rows })),
  );
}

function readColumns(
  store: Database,
  file: string,
  columns: readonly TextColumn[],
  limits: ValueLimits,
): void {
  const place = store.prepare<[string, string, number], number>(
    `insert into place (tab, col, position, held, full) values (?, ?, ?, 0, 1)
     on conflict (tab, col) do update set position = excluded.position returning id`,
  );
  const note = store.prepare<[number, number, string | null, number]>(
    'update place set held = ?, full = ?, unread = ? where id = ?',
  );
  const kept = new Set<number>();
  let left = limits.total;
  readBriefly(file, (source) => {
    for (const [position, column] of columns.entries()) {
      const id = place.pluck().get(column.table, column.column, position) as number;
      kept.add(id);
      const { held, full, unread } = takeColumn(store, source, column, id, {
        ...limits,
        perColumn: Math.min(limits.perColumn, left),
      });
      left -= held;
      note.run(held, full ? 1 : 0, unread, id);
    }
  });
  for (const id of store.prepare<[], number>('select id from place').pluck().all()) {
    if (kept.has(id)) continue;
    store.prepare('delete from held where place = ?').run(id);
    store.prepare('delete from place where id = ?').run(id);
  }
  forgetUnheld(store);
  refreshCategories(store);
}

function takeColumn(
  store: Database,
  source: Database,
  { table, column, rows: stored }: TextColumn,
  place: number,
  { perColumn, rows }: ValueLimits,
): { held: number; full: boolean; unread: string | null } {
  const name = quoteIdentifier(column);
  const see = store.prepare('insert or ignore into seen values (?)');
  store.prepare('delete from seen').run();
  let held = 0;
  let full = stored <= rows;
  try {
    const values = source
      .prepare<[number, number], string>(
        `select distinct value from (select ${name} as value from ${quoteIdentifier(table)} limit ?)
         where typeof(value) = 'text' and length(value) between ${SHORTEST_VALUE} and ${LONGEST_VALUE} limit ?`,
      )
      .pluck()
      .iterate(rows, perColumn + 1);
    for (const value of values) {
      if (held === perColumn) {
        full = false;
        break;
      }
      held++;
      see.run(value);
    }
  } catch (error) {
    if (isLocked(error)) throw error;
    // What was read of the column before stays.
    const before = store
      .prepare<[number], number>('select count(*) from held where place = ?')
      .pluck()
      .get(place);
    const unread = error instanceof Error ? error.message : String(error);
    return { held: before ?? 0, full: false, unread };
  }
  exchange(store, place);
  return { held, full, unread: null };
}

/** Makes `held` of the column equal to `seen`. */
function exchange(store: Database, place: number): void {
  store
    .prepare(
      `delete from held where place = ? and spelling in (
         select spelling from held join spelling on id = spelling where place = ? and value not in (select value from seen))`,
    )
    .run(place, place);
  const fresh = store
    .prepare<[], string>(
      `select value from seen where not exists (select 1 from spelling where spelling.value = seen.value)
       order by rowid`,
    )
    .pluck()
    .all();
  const spell = store.prepare<[string, string, string | null], number>(
    'insert into spelling (value, key, pair) values (?, ?, ?) returning id',
  );
  const index = store.prepare('insert into trigram (rowid, text) values (?, ?)');
  for (const value of fresh) {
    const han = hasHan(value);
    const pair = han ? pairOf(value) : null;
    const id = spell.pluck().get(value, han ? '' : keyOf(value), pair);
    index.run(id, tightKeyOf(value));
  }
  store
    .prepare(
      `insert or ignore into held
         select ?, spelling.id, seen.rowid from seen join spelling on spelling.value = seen.value`,
    )
    .run(place);
}

function forgetUnheld(store: Database): void {
  const gone = store
    .prepare<[], number>(
      'select id from spelling where not exists (select 1 from held where held.spelling = spelling.id)',
    )
    .pluck()
    .all();
  for (const id of gone) {
    store.prepare('delete from trigram where rowid = ?').run(id);
    store.prepare('delete from spelling where id = ?').run(id);
  }
}
