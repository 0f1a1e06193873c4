import { readFileSync } from 'node:fs';
import { PeftError } from '../errors.ts';

/**
 * Parses a JSON file (a byte order mark is allowed).
 * @throws PeftError 'not-found' when it cannot be read, 'bad-file' when it is not JSON
 */
export function readJson(path: string): unknown {
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
