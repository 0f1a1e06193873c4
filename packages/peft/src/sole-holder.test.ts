import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identify } from './process-identity.ts';
import { holdLock, lockHolder } from './sole-holder.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-sole-holder-'));
  lock = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

function taken() {
  const held = holdLock(lock);
  if (typeof held === 'number') throw new Error(`held by ${held}`);
  return held;
}

it('is held once, against this process, too, until it is given free', () => {
  const held = taken();
  expect([holdLock(lock), lockHolder(lock)]).toEqual([process.pid, process.pid]);
  held.release();
  expect([existsSync(lock), lockHolder(lock)]).toEqual([false, null]);
  taken().release();
});

it('is left alone by who held it before', () => {
  const held = taken();
  rmSync(lock);
  writeFileSync(lock, `${process.pid} another start`);
  held.release();
  expect(existsSync(lock)).toBe(true);
});

it('is that of another process while this runs, and of nobody once it is gone', () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  const pid = other.pid as number;
  try {
    for (const started of ['', ` ${identify(pid)?.started}`]) {
      writeFileSync(lock, `${pid}${started}`);
      expect(holdLock(lock)).toBe(pid);
    }
    // Its number was another's before.
    writeFileSync(lock, `${pid} another start`);
    taken().release();
  } finally {
    other.kill();
  }
  for (const stale of [String(spawnSync(process.execPath, ['-e', '']).pid), '', 'x y']) {
    writeFileSync(lock, stale);
    taken().release();
  }
});
