import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { FinSqlError } from '../errors.ts';
import { Database } from './sqlite.ts';

const HEADER = 'SQLite format 3\0';

/**
 * Opens a SQLite file for reading only.
 * @throws FinSqlError `no-such-database` or `not-a-database`
 */
export function openReadOnly(file: string): Database {
  const size = fileSize(file);
  if (size === undefined) {
    throw new FinSqlError(
      'no-such-database',
      `There is no database file at ${file}. Give the path of a SQLite file.`,
    );
  }
  const head = readHead(file);
  if (size > 0 && head !== HEADER) {
    throw new FinSqlError(
      'not-a-database',
      `${file} is not a SQLite database: expected a file that begins with "SQLite format 3", got ${JSON.stringify(head.slice(0, 16))}. Give a .sqlite or .db file that SQLite made.`,
    );
  }
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      // Views of a file from elsewhere must not reach what tells of files and settings.
      database.pragma('trusted_schema = OFF');
      database.prepare('select count(*) from sqlite_master').get();
    } catch (cause) {
      database.close();
      throw cause;
    }
    return database;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FinSqlError(
      'not-a-database',
      `${file} can't be read as a SQLite database (${reason}). It may be truncated or encrypted: check it with "sqlite3 FILE 'pragma integrity_check'".`,
      { cause },
    );
  }
}

function fileSize(file: string): number | undefined {
  try {
    const stat = statSync(file);
    return stat.isFile() ? stat.size : undefined;
  } catch {
    return undefined;
  }
}

function readHead(file: string): string {
  const head = Buffer.alloc(HEADER.length);
  try {
    const handle = openSync(file, 'r');
    try {
      return head.toString('latin1', 0, readSync(handle, head, 0, head.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    throw new FinSqlError('not-a-database', `${file} can't be read: ${String(cause)}.`, { cause });
  }
}
