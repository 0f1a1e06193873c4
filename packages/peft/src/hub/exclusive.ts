import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeftError } from '../errors.ts';

/**
 * Runs `work` while no other process of this machine runs work under the same lock file; the
 * lock of a process that died is taken over.
 *
 * @throws PeftError 'aborted' when the signal fires while waiting
 */
export async function exclusively<T>(
  lockFile: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  while (!acquire(lockFile)) {
    if (!holderLives(lockFile)) rmSync(lockFile, { force: true });
    else if (signal.aborted) throw new PeftError('aborted', 'Waiting for a download was stopped.');
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function acquire(lockFile: string): boolean {
  try {
    mkdirSync(dirname(lockFile), { recursive: true });
    writeFileSync(lockFile, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    const reason = (error as Error).message;
    throw new PeftError('download-failed', `Cannot write ${lockFile}: ${reason}`, { cause: error });
  }
}

function holderLives(lockFile: string): boolean {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    // Between creation and the first byte the file is empty: somebody is about to hold it.
    if (holder === 0) return true;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
