/** A lock file that one process at a time holds, for as long as it runs: that of a process that is gone is free. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, isTaken } from './process-identity.ts';

export interface HeldLock {
  /** Gives the lock free; once is enough. */
  readonly release: () => void;
}

/**
 * Takes the lock for this process, which holds it against itself, too.
 * @returns the lock, or the number of the process that holds it
 */
export function holdLock(lock: string): HeldLock | number {
  const own = `${process.pid} ${identify(process.pid)?.started ?? ''}`;
  while (!created(lock, own)) {
    const holder = lockHolder(lock);
    if (holder !== null) return holder;
    rmSync(lock, { force: true });
  }
  return {
    release: () => {
      // Who removed it by hand may have let another process in.
      if (contentOf(lock) === own) rmSync(lock, { force: true });
    },
  };
}

/** Number of the process that holds a lock; null when none does. */
export function lockHolder(lock: string): number | null {
  const text = contentOf(lock) ?? '';
  const [number = '', ...rest] = text.split(' ');
  const [pid, started] = [Number(number), rest.join(' ')];
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return (started === '' ? isTaken(pid) : isAlive({ pid, started })) ? pid : null;
}

function created(lock: string, text: string): boolean {
  try {
    writeFileSync(lock, text, { flag: 'wx' });
    return true;
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
