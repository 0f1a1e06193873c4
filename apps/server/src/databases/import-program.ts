/**
 * The process of an import: `import-program UPLOAD FORMAT TABLE TARGET`, in the job's folder. The
 * database is made there and gets its name last, in one step; until then nobody sees it.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { replaceFile, type Translated } from '@quaestor/peft';
import { tell, tellError } from '../jobs/tell.ts';
import { checkSqlite } from './check-sqlite.ts';
import { csvToTable } from './csv-to-table.ts';
import { MADE, PROFILE } from './import-files.ts';
import { type DatabaseProfile, lookingAt, profileDatabase } from './profile.ts';

const [upload, format, table, target] = process.argv.slice(2) as [string, string, string, string];

process.on('SIGTERM', () => process.exit(130));

try {
  process.stdout.write(JSON.stringify(await importDatabase()));
} catch (error) {
  process.exitCode = tellError(error);
}

async function importDatabase(): Promise<DatabaseProfile> {
  if (!existsSync(MADE) && existsSync(PROFILE) && existsSync(target)) {
    return JSON.parse(readFileSync(PROFILE, 'utf8'));
  }
  for (const leftover of [MADE, `${MADE}-journal`]) rmSync(leftover, { force: true });
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
  renameSync(MADE, target);
  flush(dirname(target));
  return profile;
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
