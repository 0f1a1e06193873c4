/** Writing files so that a reader sees the old content or the new, never a part. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PeftError } from '../errors.ts';
import { reasonOf } from '../reason.ts';

/** Characters of a file's name that its temporary one has: with what is added, a file system takes it. */
const LONGEST_BEGINNING = 60;

/** A name beside `path` that nobody else uses; hidden, so listings skip what a crash left. */
export function temporaryBeside(path: string): string {
  const beginning = basename(path).slice(0, LONGEST_BEGINNING);
  return join(dirname(path), `.${beginning}.${randomBytes(6).toString('hex')}.part`);
}

/**
 * Writes `bytes` under a temporary name, flushes them to the disk and renames.
 * @throws PeftError 'bad-file' when the disk is full or the folder cannot be written
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const temporary = temporaryBeside(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFlushed(temporary, bytes);
    renameSync(temporary, path);
    flushFolder(dirname(path));
  } catch (cause) {
    discard(temporary);
    const why = reasonOf(cause, path);
    throw new PeftError(
      'bad-file',
      { en: `Cannot write ${path}: ${why.en}`, zh: `无法写入 ${path}：${why.zh}` },
      { cause },
    );
  }
}

/** Removes a temporary file or folder, if it came to exist. */
export function discard(path: string): void {
  if (existsSync(path)) rmSync(path, { recursive: true, force: true });
}

// One write call takes at most 2^31 - 1 bytes.
const LARGEST_WRITE = 2 ** 30;

/** Writes a new file and waits until it is on the disk. */
export function writeFlushed(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'wx');
  try {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(descriptor, bytes, done, Math.min(bytes.length - done, LARGEST_WRITE));
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename inside `folder` survive a power cut, where the system can flush folders. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
