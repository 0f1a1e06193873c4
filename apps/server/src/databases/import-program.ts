/**
 * The process of an import: `import-program UPLOAD FORMAT TABLE TARGET replace|keep`, in the job's
 * folder. The database is made there and gets its name last, in one step; until then nobody sees it.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { replaceFile, type Translated } from '@quaestor/peft';
import { ServerError } from '../errors.ts';
import { tell, tellError } from '../jobs/tell.ts';
import { checkSqlite } from './check-sqlite.ts';
import { csvToTable } from './csv-to-table.ts';
import { removeCompanions, removeDatabaseFiles } from './database-files.ts';
import { MADE, PROFILE } from './import-files.ts';
import { type DatabaseProfile, lookingAt, profileDatabase } from './profile.ts';

type Words = [upload: string, format: string, table: string, target: string, there: string];
const [upload, format, table, target, there] = process.argv.slice(2) as Words;

for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

try {
  process.stdout.write(JSON.stringify(await importDatabase()));
} catch (error) {
  process.exitCode = tellError(error);
}

async function importDatabase(): Promise<DatabaseProfile> {
  if (existsSync(PROFILE) && hasItsName()) {
    rmSync(MADE, { force: true });
    return JSON.parse(readFileSync(PROFILE, 'utf8'));
  }
  // The profile first: alone, it says that the database has left.
  rmSync(PROFILE, { force: true });
  removeDatabaseFiles(MADE);
  const warnings = format === 'csv' ? await fromCsv() : fromSqlite();
  const database = new Database(MADE, { readonly: true });
  const profile = {
    ...profileDatabase(database, (name, done, total) =>
      tell({ type: 'progress', text: lookingAt(name), fraction: 0.7 + (0.3 * done) / total }),
    ),
    warnings,
  };
  database.close();
  flush(MADE);
  replaceFile(PROFILE, Buffer.from(JSON.stringify(profile)));
  mkdirSync(dirname(target), { recursive: true });
  if (there === 'replace') replaceTarget();
  else giveFreeName();
  flush(dirname(target));
  return profile;
}

/** Whether an attempt that was killed had given the database its name. */
function hasItsName(): boolean {
  const [made, named] = [MADE, target].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (named === undefined) return false;
  return made === undefined || (made.dev === named.dev && made.ino === named.ino);
}

function replaceTarget(): void {
  removeCompanions(target);
  renameSync(MADE, target);
}

/** A rename would replace what came to have the name since the job was queued. */
function giveFreeName(): void {
  // The log of a database that is there is its own.
  if (!existsSync(target)) removeCompanions(target);
  try {
    linkSync(MADE, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw nameTaken(basename(target, extname(target)));
  }
  rmSync(MADE);
}

function nameTaken(name: string): ServerError {
  return new ServerError('conflict', {
    en: `A database called ${name} came to be there meanwhile. Choose another name, or replace it.`,
    zh: `其间已出现名为 ${name} 的数据库，请换一个名称，或覆盖它。`,
  });
}

function fromSqlite(): Translated[] {
  tell({
    type: 'progress',
    text: { en: 'checking the file', zh: '正在检查文件' },
    fraction: 0,
  });
  copyFileSync(upload, MADE);
  checkSqlite(MADE);
  return [];
}

async function fromCsv(): Promise<Translated[]> {
  const database = new Database(MADE);
  // Nobody sees the file before it is whole, and it is flushed then.
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  let told = 0;
  const { rows, warnings } = await csvToTable(upload, database, table, (pass, count) => {
    if (performance.now() - told < 500) return;
    told = performance.now();
    const [en, zh] =
      pass === 'types' ? ['finding types', '正在识别类型'] : ['storing rows', '正在存储'];
    tell({
      type: 'progress',
      text: { en: `${en}: ${count} rows`, zh: `${zh}：${count} 行` },
      fraction: pass === 'types' ? 0 : 0.3,
    });
  });
  database.close();
  tell({ type: 'log', text: { en: `${rows} rows`, zh: `共 ${rows} 行` } });
  return [...warnings];
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
