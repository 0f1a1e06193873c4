/** What the state folder holds, by what it is for. */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesIn } from '../jobs/disk-quota.ts';

const FOLDERS = [
  ...['databases', 'adapters', 'models', 'engine', 'indexes'],
  ...['jobs', 'uploads', 'training', 'profiles'],
] as const;

/** Folders that count for what jobs and uploads may hold. */
const LIMITED: ReadonlySet<string> = new Set(['jobs', 'uploads', 'training']);

/** Milliseconds for which a walk through the folders is good. */
const FRESH = 10_000;

export interface DiskUse {
  readonly folders: readonly { readonly name: string; readonly bytes: number }[];
  /** Bytes that jobs and uploads hold together. */
  readonly held: number;
  readonly free: number;
}

/** Looks at most every ten seconds, however often it is asked. @param home the state folder */
export function diskUse(home: string): () => DiskUse {
  let known: { readonly at: number; readonly use: DiskUse } | undefined;
  return () => {
    const now = performance.now();
    if (known !== undefined && now - known.at < FRESH) return known.use;
    const folders = FOLDERS.map((name) => ({ name, bytes: bytesIn(join(home, name)) }));
    const held = folders.reduce((sum, { name, bytes }) => sum + (LIMITED.has(name) ? bytes : 0), 0);
    const { bavail, bsize } = statfsSync(home);
    known = { at: now, use: { folders, held, free: bavail * bsize } };
    return known.use;
  };
}
