/** Has a database file changed? A cheap stamp, and a hash of the content for when it differs. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { statIfThere } from '@quaestor/peft';

const CHUNK = 1 << 20;
/** Offset and length of the file change counter in the header (https://sqlite.org/fileformat2.html §1.3.7). */
const COUNTER_AT = 24;
const COUNTER_BYTES = 4;

/**
 * Size, time of modification and change counter of the file, and size and time of its write-ahead
 * log. Equal stamps mean an unchanged database; a missing file has a stamp, too.
 */
export function fileStamp(file: string): string {
  const [main, log] = [file, `${file}-wal`].map((path) => {
    const stat = statIfThere(path);
    // A log without content comes and goes with those who read.
    const isNothing = stat === undefined || (path !== file && stat.size === 0);
    return isNothing ? 'none' : `${stat.size}@${stat.mtimeMs}`;
  });
  return `${main} #${changeCounter(file)} ${log}`;
}

/** SHA-256 of the file and its write-ahead log, read in pieces. @throws Error when it can't be read */
export function contentHash(file: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(CHUNK);
  for (const path of [file, `${file}-wal`]) {
    if (path !== file && statIfThere(path) === undefined) continue;
    withFile(path, (handle) => {
      for (;;) {
        const length = readSync(handle, buffer, 0, CHUNK, null);
        if (length === 0) return;
        hash.update(buffer.subarray(0, length));
      }
    });
  }
  return hash.digest('hex');
}

function changeCounter(file: string): string {
  try {
    return withFile(file, (handle) => {
      const bytes = Buffer.alloc(COUNTER_BYTES);
      readSync(handle, bytes, 0, COUNTER_BYTES, COUNTER_AT);
      return bytes.toString('hex');
    });
  } catch {
    return 'none';
  }
}

function withFile<Result>(path: string, read: (handle: number) => Result): Result {
  const handle = openSync(path, 'r');
  try {
    return read(handle);
  } finally {
    closeSync(handle);
  }
}
