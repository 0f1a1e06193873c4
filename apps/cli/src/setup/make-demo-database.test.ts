import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { demoDatabase, makeDemoDatabase } from './make-demo-database.ts';

it('makes the database once, tells how far it is, and says why it could not', async () => {
  const home = mkdtempSync(join(tmpdir(), 'demo-'));
  type Context = Parameters<typeof makeDemoDatabase.run>[0];
  const reports: Parameters<Context['report']>[0][] = [];
  const run = () =>
    makeDemoDatabase.run({
      home,
      report: (report) => reports.push(report),
      signal: new AbortController().signal,
    });
  expect(makeDemoDatabase.done(home)).toBe(false);
  await run();
  expect(makeDemoDatabase.done(home)).toBe(true);
  expect(statSync(demoDatabase(home)).size).toBeGreaterThan(20_000_000);
  expect(reports.filter(({ kind }) => kind === 'progress').length).toBeGreaterThan(3);
  expect(reports.at(-1)).toMatchObject({ kind: 'note', text: /^41 tables, \d+ rows in / });
  rmSync(demoDatabase(home));
  mkdirSync(demoDatabase(home));
  writeFileSync(join(demoDatabase(home), 'in the way'), '');
  await expect(run()).rejects.toThrow(/demo\.sqlite/);
  expect(makeDemoDatabase.done(home)).toBe(false);
  expect(existsSync(join(home, 'databases', '.demo-recipe'))).toBe(false);
  rmSync(home, { recursive: true });
});
