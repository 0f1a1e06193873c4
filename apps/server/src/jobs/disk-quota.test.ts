import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diskUse } from '../system/disk-use.ts';
import { bytesIn, diskProblem, LIMITED_FOLDERS } from './disk-quota.ts';

const home = mkdtempSync(join(tmpdir(), 'quaestor-quota-'));
const folders = LIMITED_FOLDERS.map((name) => join(home, name));

// 3000 bytes in each, and one table that lies in three of them.
beforeAll(() => {
  for (const folder of folders) {
    mkdirSync(join(folder, 'one'), { recursive: true });
    writeFileSync(join(folder, 'one', 'own'), 'x'.repeat(3000));
  }
  const table = join(home, 'uploads', 'table.data');
  writeFileSync(table, 'x'.repeat(50_000));
  for (const name of ['jobs', 'labellings']) linkSync(table, join(home, name, 'one', 'rows.csv'));
});

afterAll(() => rmSync(home, { recursive: true }));

it('counts a file of several names once', () => {
  expect(bytesIn(join(home, 'jobs'))).toBe(53_000);
  expect(bytesIn(...folders)).toBe(62_000);
  const quota = { folders, keepFree: 0 };
  expect(diskProblem({ ...quota, most: 62_000 })).toBeNull();
  expect(diskProblem({ ...quota, most: 61_999 })?.en).toMatch(/^Jobs hold 62 kB of the 62 kB/);
});

it('tells the sum that is limited, and every folder in it', () => {
  const use = diskUse(home)();
  expect(use.held).toBe(62_000);
  expect(use.folders.map(({ name }) => name)).toEqual(expect.arrayContaining([...LIMITED_FOLDERS]));
});
