/** Whether a file from outside is a SQLite database that can be read without harm. */
import { sqliteInChinese } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { ServerError } from '../errors.ts';

const HEADER = Buffer.from('SQLite format 3\0', 'latin1');

/** @param head the first bytes of the file */
export function looksLikeSqlite(head: Buffer): boolean {
  return head.subarray(0, HEADER.length).equals(HEADER);
}

/**
 * Reads the whole structure of a file that is ours to change, and makes it one that needs no other
 * files beside it.
 *
 * @throws ServerError 'bad-upload' for one that is damaged, encrypted or without tables
 */
export function checkSqlite(path: string): void {
  let database: Database | undefined;
  try {
    database = new Database(path, { fileMustExist: true });
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    const found = database.pragma('quick_check(5)') as { readonly quick_check: string }[];
    const problems = found.map(({ quick_check: line }) => line).filter((line) => line !== 'ok');
    if (problems.length > 0) throw damaged(problems.join('; '));
    const tables = database
      .prepare<[], number>("SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view')")
      .pluck()
      .get();
    if (tables === 0) {
      throw new ServerError('bad-upload', {
        en: 'The database has no tables, so there is nothing to ask.',
        zh: '这个数据库中没有表，无法提问。',
      });
    }
    // A file in WAL mode can only be read beside files that others may write.
    database.pragma('journal_mode = DELETE');
  } catch (error) {
    if (error instanceof ServerError) throw error;
    throw damaged(error instanceof Error ? error.message : String(error));
  } finally {
    database?.close();
  }
}

function damaged(reason: string): ServerError {
  return new ServerError('bad-upload', {
    en: `The file is not a SQLite database that can be read (${reason}). It may be cut off or encrypted: check it with "sqlite3 FILE 'pragma integrity_check'".`,
    zh: `文件无法作为 SQLite 数据库读取（${sqliteInChinese(reason)}），可能不完整或被加密。`,
  });
}
