/** A lock file that one process at a time holds, for as long as it runs: that of a process that is gone is free. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { identify, isAlive, isTaken } from './process-identity.ts';

export interface HeldLock {
  /** Gives the lock free; once is enough. */
  readonly release: () => void;
}

/** Time in milliseconds in which who created a lock has written its number into it. */
const WRITTEN_WITHIN = 1_000;

/**
 * Takes the lock for this process, which holds it against itself, too.
 * @returns the lock, or the number of the process that holds it
 */
export function holdLock(lock: string): HeldLock | number {
  const own = `${process.pid} ${identify(process.pid)?.started ?? ''}`;
  while (!created(lock, own)) {
    const holder = lockHolder(lock);
    if (holder !== null) return holder;
    removeAbandoned(lock, () => isAbandoned(lock));
  }
  return {
    release: () => {
      // Who removed it by hand may have let another process in.
      if (contentOf(lock) === own) rmSync(lock, { force: true });
    },
  };
}

/**
 * Removes a lock that is abandoned, and never one that somebody has taken since: who removes holds a lock of
 * its own, looks once more, and may itself be gone before it is done.
 */
export function removeAbandoned(lock: string, abandoned: () => boolean): void {
  const removal = abandoned() ? holdLock(`${lock}.removal`) : 0;
  if (typeof removal === 'number') {
    // Another removes it, or the lock is being written.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return;
  }
  try {
    if (abandoned()) rmSync(lock, { force: true });
  } finally {
    removal.release();
  }
}

/** Number of the process that holds a lock; null when none does. */
export function lockHolder(lock: string): number | null {
  return holderIn(contentOf(lock) ?? '');
}

function isAbandoned(lock: string): boolean {
  const text = contentOf(lock);
  if (text === '') return isOld(lock);
  return text !== null && holderIn(text) === null;
}

function isOld(lock: string): boolean {
  const changed = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && Math.abs(Date.now() - changed) > WRITTEN_WITHIN;
}

function holderIn(text: string): number | null {
  const [number = '', ...rest] = text.split(' ');
  const [pid, started] = [Number(number), rest.join(' ')];
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return (started === '' ? isTaken(pid) : isAlive({ pid, started })) ? pid : null;
}

function created(lock: string, text: string): boolean {
  try {
    writeFileSync(lock, text, { flag: 'wx' });
    // A process that was halted in between may have lost it, empty as it was.
    return contentOf(lock) === text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function contentOf(lock: string): string | null {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
