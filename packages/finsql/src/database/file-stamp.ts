/**
 * Has a database file changed? Told by what the file system knows of it alone: a file that is opened and
 * closed here takes the locks of this process on it away (https://sqlite.org/howtocorrupt.html §2.2).
 */
import type { Stats } from 'node:fs';
import { statIfThere } from '@quaestor/peft';

/** Milliseconds between two times that a file system can tell apart, at most, but where it counts in seconds. */
const CLOCK_STEP = 10;

/** Never notified: to wait for it is to let time pass. */
const NOTHING = new Int32Array(new SharedArrayBuffer(4));

/**
 * Number, size and times of the file and of its write-ahead log. Equal stamps mean an unchanged
 * database; a missing file has a stamp, too. One that was written a moment ago is looked at when the
 * clock has moved on: what is written next then has another time.
 */
export function fileStamp(file: string): string {
  return settledLook(file)
    .map((stat) =>
      stat === undefined ? 'none' : `${stat.ino} ${stat.size}@${stat.mtimeMs}/${stat.ctimeMs}`,
    )
    .join(' ');
}

function settledLook(file: string): (Stats | undefined)[] {
  const first = look(file);
  // Times may lie ahead, of a file on another machine.
  if (Math.abs(Date.now() - lastChange(first)) >= CLOCK_STEP) return first;
  Atomics.wait(NOTHING, 0, 0, CLOCK_STEP);
  return look(file);
}

/** The file and its log; a log without content comes and goes with those who read. */
function look(file: string): (Stats | undefined)[] {
  const log = statIfThere(`${file}-wal`);
  return [statIfThere(file), log?.size === 0 ? undefined : log];
}

/** The time of modification may be set to any other. */
function lastChange(stats: readonly (Stats | undefined)[]): number {
  return Math.max(...stats.map((stat) => stat?.ctimeMs ?? 0));
}
