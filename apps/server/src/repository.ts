import { fileURLToPath } from 'node:url';

/** A path inside the repository, from its top folder. */
export function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
