import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What no file name may have on some system, and the sign that stands for it. */
const UNSAFE = /[\p{Cc}%/\\:*?"<>|]/gu;

/**
 * The file of a folder that belongs to a name: called so, with what is unsafe in a file name as `%XX`.
 * One that is there under the name as a URL writes it is meant as well, and stays.
 *
 * @param ending e.g. `.json`
 */
export function namedFile(folder: string, name: string, ending: string): string {
  const safe = name.replaceAll(
    UNSAFE,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  const path = join(folder, safe + ending);
  const encoded = join(folder, encodeURIComponent(name) + ending);
  return existsSync(encoded) && !existsSync(path) ? encoded : path;
}
