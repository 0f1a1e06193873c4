import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeftError } from '../errors.ts';
import { isTaken } from '../process-identity.ts';
import { reasonOf } from '../reason.ts';
import { removeAbandoned } from '../sole-holder.ts';

const SIGN_OF_LIFE = 5_000;
const SILENCE = 30_000;
/** Of work that is over in an instant, and so never renews its lock. */
const SHORT_SILENCE = 5_000;
const SHORT_WAIT = 5;

/**
 * Runs `work` while no other caller on this machine runs work under the same lock file. The
 * holder renews the file's time stamp; a lock whose process died, or which was not renewed for
 * half a minute (process ids are used again), is taken over.
 *
 * @throws PeftError 'aborted' when the signal fires while waiting, 'download-failed' when the
 *   lock file cannot be written
 */
export async function exclusively<T>(
  lockFile: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const own = newHolder();
  while (!acquire(lockFile, own, 'download-failed')) {
    if (signal.aborted) {
      throw new PeftError('aborted', {
        en: 'Waiting for another download was stopped.',
        zh: '已停止等待另一个下载。',
      });
    }
    if (abandoned(lockFile, SILENCE)) {
      removeAbandoned(lockFile, () => abandoned(lockFile, SILENCE));
    } else await sleep(200);
  }
  const renewal = setInterval(() => renew(lockFile, own), SIGN_OF_LIFE);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    release(lockFile, own);
  }
}

/**
 * `exclusively` for work that is over in an instant, such as changing a small file: the thread waits.
 * A lock that is older than some seconds is taken over.
 *
 * @throws PeftError 'bad-file' when the lock file cannot be written
 */
export function exclusivelySync<T>(lockFile: string, work: () => T): T {
  const own = newHolder();
  while (!acquire(lockFile, own, 'bad-file')) {
    if (abandoned(lockFile, SHORT_SILENCE)) {
      removeAbandoned(lockFile, () => abandoned(lockFile, SHORT_SILENCE));
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SHORT_WAIT);
  }
  try {
    return work();
  } finally {
    release(lockFile, own);
  }
}

/** Unlike any other, of this process, too. */
function newHolder(): string {
  return `${process.pid} ${randomUUID()}`;
}

function acquire(lockFile: string, own: string, failure: 'download-failed' | 'bad-file'): boolean {
  try {
    mkdirSync(dirname(lockFile), { recursive: true });
    writeFileSync(lockFile, own, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // Of the folder it says that a file lies in its place.
    if (code === 'EEXIST' && syscall === 'open') return false;
    const why = reasonOf(error, lockFile);
    throw new PeftError(
      failure,
      { en: `Cannot write ${lockFile}: ${why.en}`, zh: `无法写入 ${lockFile}：${why.zh}` },
      { cause: error },
    );
  }
}

function renew(lockFile: string, own: string): void {
  try {
    if (readFileSync(lockFile, 'utf8') === own) utimesSync(lockFile, new Date(), new Date());
  } catch {
    // Somebody deleted the file by hand; the work itself goes on.
  }
}

/** Not that of who took it over from this one, silent as it was. */
function release(lockFile: string, own: string): void {
  try {
    if (readFileSync(lockFile, 'utf8') === own) rmSync(lockFile, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function abandoned(lockFile: string, silence: number): boolean {
  try {
    const { mtimeMs } = statSync(lockFile);
    return Date.now() - mtimeMs > silence || !alive(readFileSync(lockFile, 'utf8'));
  } catch (error) {
    // Its owner is done with it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function alive(holder: string): boolean {
  // An empty file was created this instant; its owner's number follows.
  return holder === '' || isTaken(Number.parseInt(holder, 10));
}
