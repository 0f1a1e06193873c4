/** SQLite files of the server's own state. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { ServerError } from './errors.ts';

/**
 * Opens or makes a file: written ahead, flushed with each change, brought up to date.
 * @param versions each brings the file from one version to the next
 * @throws ServerError 'bad-config' for a file of a later version of this program
 */
export function openStateDatabase(path: string, versions: readonly string[]): Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path, { timeout: 10_000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database
      .transaction(() => {
        const version = Number(database.pragma('user_version', { simple: true }));
        if (version > versions.length) throw tooNew(path, version, versions.length);
        for (const step of versions.slice(version)) database.exec(step);
        if (version < versions.length) database.pragma(`user_version = ${versions.length}`);
      })
      .immediate();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function tooNew(path: string, got: number, known: number): ServerError {
  return new ServerError('bad-config', {
    en: `${path} was written by a later version of Quaestor: its version is ${got}, and this one reads up to ${known}. Update Quaestor, or start it with another state folder (QUAESTOR_HOME).`,
    zh: `${path} 由更新版本的 Quaestor 写入：其版本为 ${got}，当前程序最多支持 ${known}。请更新 Quaestor，或用 QUAESTOR_HOME 指定另一个状态文件夹。`,
  });
}
