import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, expect, it } from 'vitest';
import { MADE, PROFILE } from './import-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL('./import-program.ts', import.meta.url));

/** Imports a table as the name; what is there before is put there by `prepare`. */
async function importAs(
  name: string,
  there: 'keep' | 'replace',
  prepare: (job: string, target: string) => void,
) {
  const job = join(folder, `${name}-job`);
  const target = join(folder, 'databases', `${name}.sqlite`);
  mkdirSync(job);
  mkdirSync(join(folder, 'databases'), { recursive: true });
  const csv = join(job, 'upload.csv');
  writeFileSync(csv, 'a,b\n1,2\n');
  prepare(job, target);
  const child = spawn(
    process.execPath,
    [
      ...['--conditions=@quaestor/source', '--import', import.meta.resolve('tsx'), program],
      ...[csv, 'csv', 'rows', target, there],
    ],
    { cwd: job, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, said, job, target, bytes: readFileSync(target, 'latin1') };
}

it('replaces nothing that it is not told to replace', async () => {
  const put = (_job: string, target: string) => writeFileSync(target, 'mine');
  const kept = await importAs('kept', 'keep', put);
  expect(kept).toMatchObject({ code: 1, bytes: 'mine' });
  expect(kept.said).toMatch(/"code":"conflict","message":"A database called kept/);
  const replaced = await importAs('replaced', 'replace', put);
  expect(replaced.code).toBe(0);
  expect(replaced.bytes).toMatch(/^SQLite format 3/);
});

it.each(['replace', 'keep'] as const)(
  'gives the name without the log of a database that had it: %s',
  async (there) => {
    const { code, target } = await importAs(`logged-${there}`, there, (_job, path) => {
      putLogged(path);
      if (there === 'keep') rmSync(path);
    });
    expect(code).toBe(0);
    const database = new Database(target, { readonly: true });
    expect(database.prepare('SELECT * FROM rows').all()).toEqual([{ a: 1, b: 2 }]);
    database.close();
  },
);

it('leaves a database that is there its log', async () => {
  const put = (_job: string, target: string) => putLogged(target);
  const { code, target } = await importAs('logged', 'keep', put);
  expect([code, existsSync(`${target}-wal`)]).toEqual([1, true]);
});

/** A database whose rows stand in its log alone, as a program that was killed leaves it. */
function putLogged(path: string): void {
  const open = join(folder, 'open.sqlite');
  const database = new Database(open);
  database.pragma('journal_mode = WAL');
  database.exec("CREATE TABLE rows (a TEXT); INSERT INTO rows VALUES ('old')");
  for (const suffix of ['', '-wal']) copyFileSync(`${open}${suffix}`, `${path}${suffix}`);
  database.close();
  rmSync(open);
}

it('knows its own database after a kill between the name and the end', async () => {
  const again = await importAs('again', 'keep', (job, target) => {
    writeFileSync(join(job, MADE), 'made');
    writeFileSync(join(job, PROFILE), '{"tables":[],"warnings":[]}');
    linkSync(join(job, MADE), target);
  });
  expect(again).toMatchObject({ code: 0, bytes: 'made' });
  expect(existsSync(join(again.job, MADE))).toBe(false);
});
