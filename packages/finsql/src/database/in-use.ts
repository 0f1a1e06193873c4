/** A database that another connection keeps locked: nothing is wrong with it, and waiting helps. */
import { setTimeout } from 'node:timers/promises';
import { FinSqlError } from '../errors.ts';

/** Milliseconds between attempts: long enough for what others write at once. */
const PAUSES = [100, 200, 400, 800];

/** Whether SQLite says so of what it was asked. */
export function isLocked(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^SQLITE_(?:BUSY|LOCKED)/.test(String(error.code))
  );
}

/** The error `database-in-use`. */
export function inUse(file: string, cause: unknown): FinSqlError {
  return new FinSqlError(
    'database-in-use',
    {
      en: `${file} is in use by another program, which keeps it locked. Try again when that has finished.`,
      zh: `${file} 正被其他程序占用（已锁定），请稍后再试。`,
    },
    { cause },
  );
}

/**
 * What `read` gives, tried again while the database is in use; others are served in between.
 * @throws what `read` throws, `database-in-use` after the last attempt
 */
export async function whenFree<Result>(read: () => Result | Promise<Result>): Promise<Result> {
  for (const pause of PAUSES) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof FinSqlError && error.code === 'database-in-use')) throw error;
    }
    await setTimeout(pause);
  }
  return read();
}
