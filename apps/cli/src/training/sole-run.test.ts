import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { soleRun } from './sole-run.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-sole-run-'));
  lock = join(folder, 'training.pid');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('refuses a second run of a name, by the number of the first one’s process', () => {
  const release = soleRun(folder, 'bonds');
  expect(readFileSync(lock, 'utf8')).toBe(String(process.pid));
  expect(() => soleRun(folder, 'bonds')).toThrow(`Process ${process.pid} is training bonds`);
  release();
  expect(existsSync(lock)).toBe(false);
  soleRun(folder, 'bonds')();
});

it('refuses beside another process, and takes the place of one that is gone', () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  try {
    writeFileSync(lock, String(other.pid));
    expect(() => soleRun(folder, 'bonds')).toThrow(`Process ${other.pid} is training`);
  } finally {
    other.kill();
  }
  for (const stale of [
    String(spawnSync(process.execPath, ['-e', '']).pid),
    '',
    String(process.pid),
  ]) {
    writeFileSync(lock, stale);
    soleRun(folder, 'bonds')();
  }
});
