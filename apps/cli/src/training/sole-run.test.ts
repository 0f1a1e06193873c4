import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectNoRun, soleRun } from './sole-run.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-sole-run-'));
  lock = join(folder, 'training.pid');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a second run of a name, by the number of the first one’s process', () => {
  const release = soleRun(folder, 'bonds');
  expect(() => expectNoRun(folder, 'bonds')).toThrow(`Process ${process.pid} is training bonds`);
  expect(() => soleRun(folder, 'bonds')).toThrow(`Process ${process.pid} is training bonds`);
  release();
  expect(existsSync(lock)).toBe(false);
  soleRun(folder, 'bonds')();
});

it('takes the place of a run whose process is gone', () => {
  writeFileSync(lock, `${process.pid} another start`);
  expectNoRun(folder, 'bonds');
  soleRun(folder, 'bonds')();
});
