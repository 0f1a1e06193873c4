/** What the state folder holds, by what it is for. */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesIn, LIMITED_FOLDERS } from '../jobs/disk-quota.ts';

const FOLDERS = [
  ...['databases', 'adapters', 'models', 'engine', 'indexes'],
  ...LIMITED_FOLDERS,
  'profiles',
] as const;

/** Milliseconds for which a walk through the folders is good. */
const FRESH = 10_000;

export interface DiskUse {
  readonly folders: readonly { readonly name: string; readonly bytes: number }[];
  /** Bytes that the limited ones hold together: a file that lies in several of them counts once. */
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
    const held = bytesIn(...LIMITED_FOLDERS.map((name) => join(home, name)));
    const { bavail, bsize } = statfsSync(home);
    known = { at: now, use: { folders, held, free: bavail * bsize } };
    return known.use;
  };
}
