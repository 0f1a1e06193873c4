import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exclusively, exclusivelySync } from './exclusive.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-lock-'));
  lock = join(folder, 'below', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));
const never = new AbortController().signal;

describe('exclusively', () => {
  it('runs one work at a time and frees the lock after a failure', async () => {
    let running = 0;
    const work = async () => {
      running++;
      expect(running).toBe(1);
      await sleep(20);
      running--;
      throw new Error('failed');
    };
    const results = await Promise.allSettled([1, 2, 3].map(() => exclusively(lock, never, work)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over the lock of a dead process, and of a silent one', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await exclusively(lock, never, async () => {});
    writeFileSync(lock, `${dead}`);
    expect(await exclusively(lock, never, async () => 'done')).toBe('done');

    writeFileSync(lock, `${process.pid}`);
    utimesSync(lock, new Date(0), new Date(0));
    expect(await exclusively(lock, never, async () => 'done')).toBe('done');
  });

  it('stops waiting when told to', async () => {
    await exclusively(lock, never, async () => {
      const waiting = exclusively(lock, AbortSignal.timeout(20), async () => {});
      await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    });
  });
});

describe('exclusivelySync', () => {
  it('frees the lock after a failure, and takes over that of a dead process or a silent one', () => {
    const fail = () => {
      expect(existsSync(lock)).toBe(true);
      throw new Error('failed');
    };
    expect(() => exclusivelySync(lock, fail)).toThrow('failed');
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, `${spawnSync(process.execPath, ['-e', '']).pid}`);
    expect(exclusivelySync(lock, () => 'done')).toBe('done');
    writeFileSync(lock, `${process.pid}`);
    utimesSync(lock, new Date(0), new Date(0));
    expect(exclusivelySync(lock, () => 'done')).toBe('done');
  });

  it('refuses a lock below a file', () => {
    writeFileSync(join(folder, 'below'), '');
    expect(() => exclusivelySync(lock, () => 'done')).toThrow(`Cannot write ${lock}`);
    rmSync(join(folder, 'below'));
  });
});
