/** How much jobs may leave on the disk. */
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface DiskQuota {
  /** Folders whose contents count. */
  readonly folders: readonly string[];
  /** Bytes that they may hold together. */
  readonly most: number;
  /** Bytes of the disk that stay free for everything else. */
  readonly keepFree: number;
}

/** What is wrong, in a sentence that says what to do; null when there is room. */
export function diskProblem({ folders, most, keepFree }: DiskQuota): string | null {
  const used = folders.reduce((sum, folder) => sum + bytesIn(folder), 0);
  if (used > most) {
    return `Jobs hold ${megabytes(used)} of the ${megabytes(most)} that they may. Remove jobs or uploads that are no longer needed.`;
  }
  const place = folders.find((folder) => existsSync(folder));
  if (place === undefined) return null;
  const { bavail, bsize } = statfsSync(place);
  return bavail * bsize >= keepFree
    ? null
    : `Only ${megabytes(bavail * bsize)} of the disk are free, and ${megabytes(keepFree)} are kept for everything else. Make room on it.`;
}

/** Bytes of all files below a folder; links are not followed. */
export function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesIn(path);
    // A file may be renamed while this looks.
    return entry.isFile() ? sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0) : sum;
  }, 0);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
