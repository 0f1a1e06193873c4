/**
 * The index of a long list of known questions, kept in a file of the state folder: a SQLite database with a
 * row for each feature, of which a question reads those it has. Its name is what the list says, so that
 * another list has another file.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile } from '@quaestor/peft';
import type { TextToSqlItem } from '../../data/text-to-sql-set.ts';
import { Database } from '../../database/sqlite.ts';
import { inTurns } from '../../turn.ts';
import { type ExemplarIndex, exemplarIndexOf, type Notes, shelvedQuestions } from '../exemplars.ts';
import { gatherPostings, type HeldPostings, type Posting, type Postings } from './postings.ts';

/** Raised when features, their weights or the tables below change: a file of another format is not read. */
const FORMAT = '1';

const TABLES = `
create table feature (
  name text not null, -- a run of characters after #
  places blob not null, counts blob not null
);
create table note (name text primary key, value blob not null) without rowid;
`;
/** Made when all rows are there, which is faster. */
const BY_NAME = 'create unique index feature_name on feature (name)';

const ENDING = '.questions';
/** Files that are kept beside each other, those used last. */
const MOST = 3;
/** Rows that are written in one go: some milliseconds. */
const PIECE = 2000;

/**
 * The index of a list: from its file, or built in turns of the event loop and kept there. A damaged file is
 * made anew; where none can be written, the index is in memory.
 */
export async function keptExemplarIndex(
  items: readonly TextToSqlItem[],
  folder: string,
): Promise<ExemplarIndex> {
  const file = join(folder, `${digestOf(items)}${ENDING}`);
  const found = openKept(file, items);
  if (found) return found;
  const postings = await inTurns(gatherPostings(shelvedQuestions(items)));
  const kept = (await keep(file, postings)) ? openKept(file, items) : undefined;
  return kept ?? exemplarIndexOf(items, postings);
}

function digestOf(items: readonly TextToSqlItem[]): string {
  const hash = createHash('sha256').update(FORMAT);
  for (const { db, question, sql } of items)
    hash.update(`\n${JSON.stringify([db, question, sql])}`);
  return hash.digest('hex').slice(0, 16);
}

function openKept(file: string, items: readonly TextToSqlItem[]): ExemplarIndex | undefined {
  if (!existsSync(file)) return undefined;
  let database: Database | undefined;
  try {
    database = new Database(file, { fileMustExist: true });
    const notes = notesIn(database);
    const norms = numbersOf(Float64Array, notes.readBytes(NORMS));
    if (norms.length !== items.length) throw new RangeError(`${file} is not whole.`);
    markUsed(file);
    return exemplarIndexOf(items, postingsIn(database, norms), notes);
  } catch {
    database?.close();
    remove(file);
    return undefined;
  }
}

function markUsed(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {}
}

function postingsIn(database: Database, norms: Float64Array): Postings {
  const find = database.prepare<[string], { places: Buffer; counts: Buffer }>(
    'select places, counts from feature where name = ?',
  );
  const posting = (name: string): Posting | undefined => {
    const row = find.get(name);
    return (
      row && {
        places: numbersOf(Int32Array, row.places),
        counts: numbersOf(Uint16Array, row.counts),
      }
    );
  };
  return { norms, phrase: posting, run: (text) => posting(nameOfRun(text)) };
}

/** Words have no such sign. */
function nameOfRun(text: string): string {
  return `#${text}`;
}

/** Name of the note that holds the lengths of vectors. */
const NORMS = 'norms';

function notesIn(database: Database): Notes & { readBytes(key: string): Buffer } {
  const find = database.prepare<[string], Buffer>('select value from note where name = ?').pluck();
  const put = database.prepare('insert or replace into note values (?, ?)');
  return {
    readBytes: (key) => find.get(key) ?? Buffer.alloc(0),
    read: (key) => find.get(key)?.toString('utf8'),
    write(key, text) {
      try {
        put.run(key, Buffer.from(text));
      } catch {}
    },
  };
}

/** Whether the file is there now. */
async function keep(file: string, postings: HeldPostings): Promise<boolean> {
  const database = new Database(':memory:');
  try {
    database.exec(TABLES);
    await inTurns(writePostings(database, postings));
    replaceFile(file, database.serialize());
    forgetOthers(dirname(file));
    return true;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** Pauses after each piece of the work. */
function* writePostings(
  database: Database,
  { norms, phrases, runs }: HeldPostings,
): Generator<undefined, void> {
  const put = database.prepare('insert into feature values (?, ?, ?)');
  let written = 0;
  database.exec('begin');
  for (const [kind, nameOf] of [
    [phrases, (text: string) => text],
    [runs, nameOfRun],
  ] as const) {
    for (const [text, { places, counts }] of kind) {
      put.run(nameOf(text), bytesOf(places), bytesOf(counts));
      if (++written % PIECE === 0) yield;
    }
  }
  database.prepare('insert into note values (?, ?)').run(NORMS, bytesOf(norms));
  database.exec('commit');
  database.exec(BY_NAME);
}

/** All but the files used last; one that is open somewhere may stay. */
function forgetOthers(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => join(folder, name));
  const used = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
  const latest = files.sort((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0));
  for (const file of latest.slice(MOST)) remove(file);
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

type Numbers = Int32Array | Uint16Array | Float64Array;

/** The numbers of a file's bytes, in place where they lie as such numbers have to. */
function numbersOf<Kind extends Numbers>(
  kind: { new (buffer: ArrayBufferLike, start: number, length: number): Kind } & {
    readonly BYTES_PER_ELEMENT: number;
  },
  bytes: Uint8Array,
): Kind {
  const size = kind.BYTES_PER_ELEMENT;
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return new kind(buffer, byteOffset, bytes.byteLength / size);
}
