import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { reasonOf, type Translated } from '@quaestor/peft';
import { FinSqlError } from '../errors.ts';
import { sqliteInChinese } from '../wording/sqlite-in-chinese.ts';
import { inUse, isLocked } from './in-use.ts';
import { Database } from './sqlite.ts';

const HEADER = 'SQLite format 3\0';

/** Milliseconds that a process waits for a lock, as SQLite's drivers do; it stands still meanwhile. */
const PATIENCE = 5000;
/** Of a process that serves others. */
const LITTLE_PATIENCE = 50;

/**
 * Opens a SQLite file for reading only.
 * @param patience milliseconds that each statement waits for the locks of others
 * @throws FinSqlError `no-such-database`, `not-a-database` or `database-in-use`
 */
export function openReadOnly(file: string, patience = PATIENCE): Database {
  if (!isFile(file)) {
    throw new FinSqlError('no-such-database', {
      en: `There is no database file at ${file}. Give the path of a SQLite file.`,
      zh: `没有数据库文件 ${file}。请给出 SQLite 文件的路径。`,
    });
  }
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true, timeout: patience });
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
    if (isLocked(cause)) throw inUse(file, cause);
    throw new FinSqlError('not-a-database', whyNot(file, cause), { cause });
  }
}

/**
 * Reads a SQLite file in a process that serves others, and so waits for nobody's lock.
 * @throws FinSqlError as `openReadOnly`, and what `read` throws
 */
export function readBriefly<Result>(file: string, read: (database: Database) => Result): Result {
  const database = openReadOnly(file, LITTLE_PATIENCE);
  try {
    return read(database);
  } catch (error) {
    throw isLocked(error) ? inUse(file, error) : error;
  } finally {
    database.close();
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function whyNot(file: string, cause: unknown): Translated {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  // Opened only where SQLite finds no database: closing it would drop this process's locks on one.
  const head = code === 'SQLITE_NOTADB' ? readHead(file) : undefined;
  if (head !== undefined && head !== HEADER) {
    const got = JSON.stringify(head);
    return {
      en: `${file} is not a SQLite database: expected a file that begins with "SQLite format 3", got ${got}. Give a .sqlite or .db file that SQLite made.`,
      zh: `${file} 不是 SQLite 数据库：文件应以 "SQLite format 3" 开头，实际为 ${got}。请给出由 SQLite 生成的 .sqlite 或 .db 文件。`,
    };
  }
  const closed = whyClosed(file);
  if (closed !== undefined) {
    return {
      en: `${file} can't be read: ${String(closed)}.`,
      zh: `无法读取 ${file}：${reasonOf(closed, file).zh}。`,
    };
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    en: `${file} can't be read as a SQLite database (${reason}). It may be truncated or encrypted: check it with "sqlite3 FILE 'pragma integrity_check'".`,
    zh: `${file} 无法作为 SQLite 数据库读取（${sqliteInChinese(reason)}），可能不完整或被加密。请用 "sqlite3 FILE 'pragma integrity_check'" 检查。`,
  };
}

/** Why the file may not be read; undefined where it may. */
function whyClosed(file: string): unknown {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return error;
  }
}

function readHead(file: string): string | undefined {
  const head = Buffer.alloc(HEADER.length);
  try {
    const handle = openSync(file, 'r');
    try {
      return head.toString('latin1', 0, readSync(handle, head, 0, head.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}
