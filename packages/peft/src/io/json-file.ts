import { readFileSync, type Stats, statSync } from 'node:fs';
import { PeftError } from '../errors.ts';

/**
 * Parses a JSON file (a byte order mark is allowed).
 *
 * @param most bytes that it may have; more are refused unread
 * @throws PeftError 'not-found' when it cannot be read or is no regular file, 'bad-file' when it is too
 *   large or not JSON
 */
export function readJson(path: string, most = Number.POSITIVE_INFINITY): unknown {
  const { size } = regularFile(path);
  if (size > most) {
    throw new PeftError('bad-file', `${path} has ${size} bytes; expected JSON of at most ${most}.`);
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new PeftError('not-found', `Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PeftError('bad-file', `${path} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/**
 * What is known of a file before it is opened: a pipe or a device would be read for ever.
 * @throws PeftError 'not-found'
 */
export function regularFile(path: string): Stats {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return stats;
  const why = stats === undefined ? 'there is no such file' : 'it is no regular file';
  throw new PeftError('not-found', `Cannot read ${path}: ${why}.`);
}
