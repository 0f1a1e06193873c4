import { type Stats, statSync } from 'node:fs';

/** Codes of paths at which nothing can lie: below a file, of links that lead to each other, with too long a name. */
const NOTHING_THERE: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** What is known of what lies at a path; undefined where nothing does, or can. */
export function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (NOTHING_THERE.has((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}
