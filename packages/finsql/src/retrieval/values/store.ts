/**
 * The side file of a value index: a SQLite database of its own, never the user's. Each distinct text
 * is kept once, with the columns that hold it; FTS5 indexes its trigrams
 * (https://sqlite.org/fts5.html §4.3.4).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Database } from '../../database/sqlite.ts';

/** Raised when the tables below change, or what they hold of a text; a side file of another format is made anew. */
const FORMAT = '3';

const TABLES = `
create table about (name text primary key, value text not null) without rowid;
create table place (
  id integer primary key, tab text not null, col text not null,
  position integer not null, -- in the order of the schema
  held integer not null, -- texts of this column here
  full integer not null, -- 0: the column holds more than were taken
  unread text, -- why the column could not be read
  unique (tab, col)
);
create table spelling (
  id integer primary key, value text not null unique,
  key text not null, -- words without case and signs; empty for Chinese
  pair text -- first two characters of a Chinese value
);
create index spelling_key on spelling (key) where key <> '';
create index spelling_pair on spelling (pair) where pair is not null;
create table held (
  place integer not null, spelling integer not null,
  rank integer not null, -- in the order in which the column has them
  primary key (place, spelling)
) without rowid;
create index held_spelling on held (spelling);
create table stem (
  spelling integer not null, at integer not null, term text not null,
  primary key (spelling, at)
) without rowid;
create index stem_term on stem (term);
create virtual table trigram using fts5(text, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none);
create virtual table trigram_count using fts5vocab('trigram', 'row');
`;

/** Texts of the column being read, in the order in which they were met. */
const SEEN = 'create temp table seen (value text unique)';

export interface ValueStore {
  readonly database: Database;
  /** False when it lives in memory, and with this process. */
  readonly kept: boolean;
}

/**
 * Opens or makes the store of a database. Without a folder, or where the folder can't be written, the
 * store is in memory. A damaged file is thrown away and made anew.
 */
export function openValueStore(source: string, folder: string | undefined): ValueStore {
  if (folder === undefined) return { database: createIn(':memory:'), kept: false };
  const file = storeFile(source, folder);
  try {
    mkdirSync(folder, { recursive: true });
    const found = openKept(file);
    if (found !== undefined) return { database: found, kept: true };
    forgetOrphans(folder);
    return { database: createIn(file), kept: true };
  } catch {
    return { database: createIn(':memory:'), kept: false };
  }
}

/** A fact about the store itself. */
export function readAbout(store: Database, name: string): string | undefined {
  return store
    .prepare<[string], string>('select value from about where name = ?')
    .pluck()
    .get(name);
}

export function writeAbout(store: Database, name: string, value: string): void {
  store.prepare('insert or replace into about values (?, ?)').run(name, value);
}

function storeFile(source: string, folder: string): string {
  const path = resolve(source);
  const id = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return join(folder, `${basename(path).replace(/[^\p{L}\p{N}.-]/gu, '_')}-${id}.values`);
}

function openKept(file: string): Database | undefined {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    const database = new Database(file);
    try {
      if (readAbout(database, 'format') === FORMAT) {
        database.pragma('synchronous = normal');
        database.exec(SEEN);
        return database;
      }
    } catch {}
    database.close();
  } catch {}
  remove(file);
  return undefined;
}

function createIn(file: string): Database {
  const database = new Database(file);
  try {
    // Another process may read while this one refreshes.
    if (file !== ':memory:') database.pragma('journal_mode = wal');
    database.pragma('synchronous = normal');
    database.transaction(() => {
      database.exec(TABLES);
      database.exec(SEEN);
      writeAbout(database, 'format', FORMAT);
    })();
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/** Side files of databases that are gone. */
function forgetOrphans(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.values'))) {
    const file = join(folder, name);
    try {
      const database = new Database(file, { readonly: true });
      const source = readAbout(database, 'source');
      database.close();
      if (source !== undefined && statSync(source, { throwIfNoEntry: false }) === undefined) {
        remove(file);
      }
    } catch {
      remove(file);
    }
  }
}

function remove(file: string): void {
  for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true });
}
