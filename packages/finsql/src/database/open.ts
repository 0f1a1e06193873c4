import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { reasonOf } from '@quaestor/peft';
import { FinSqlError } from '../errors.ts';
import { sqliteInChinese } from '../wording/sqlite-in-chinese.ts';
import { Database } from './sqlite.ts';

const HEADER = 'SQLite format 3\0';

/**
 * Opens a SQLite file for reading only.
 * @throws FinSqlError `no-such-database` or `not-a-database`
 */
export function openReadOnly(file: string): Database {
  const size = fileSize(file);
  if (size === undefined) {
    throw new FinSqlError('no-such-database', {
      en: `There is no database file at ${file}. Give the path of a SQLite file.`,
      zh: `没有数据库文件 ${file}。请给出 SQLite 文件的路径。`,
    });
  }
  const head = readHead(file);
  if (size > 0 && head !== HEADER) {
    const got = JSON.stringify(head.slice(0, 16));
    throw new FinSqlError('not-a-database', {
      en: `${file} is not a SQLite database: expected a file that begins with "SQLite format 3", got ${got}. Give a .sqlite or .db file that SQLite made.`,
      zh: `${file} 不是 SQLite 数据库：文件应以 "SQLite format 3" 开头，实际为 ${got}。请给出由 SQLite 生成的 .sqlite 或 .db 文件。`,
    });
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
      {
        en: `${file} can't be read as a SQLite database (${reason}). It may be truncated or encrypted: check it with "sqlite3 FILE 'pragma integrity_check'".`,
        zh: `${file} 无法作为 SQLite 数据库读取（${sqliteInChinese(reason)}），可能不完整或被加密。请用 "sqlite3 FILE 'pragma integrity_check'" 检查。`,
      },
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
    const reason = String(cause);
    throw new FinSqlError(
      'not-a-database',
      {
        en: `${file} can't be read: ${reason}.`,
        zh: `无法读取 ${file}：${reasonOf(cause, file).zh}。`,
      },
      { cause },
    );
  }
}
