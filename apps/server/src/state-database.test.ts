import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openStateDatabase } from './state-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-state-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('brings a file up to date, and refuses one of a later version', () => {
  const file = join(folder, 'state.sqlite');
  const versions = ['CREATE TABLE one (id)', 'CREATE TABLE two (id)'];
  openStateDatabase(file, versions.slice(0, 1)).close();
  const database = openStateDatabase(file, versions);
  expect(database.prepare('SELECT * FROM one, two').all()).toEqual([]);
  database.close();
  expect(() => openStateDatabase(file, versions.slice(0, 1))).toThrow(
    expect.objectContaining({
      code: 'bad-config',
      message: expect.stringMatching(/later version .* is 2, .* up to 1\. Update/),
      chinese: expect.stringContaining('请更新 Quaestor'),
    }),
  );
});
