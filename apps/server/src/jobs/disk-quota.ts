/** How much jobs may leave on the disk. */
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Translated } from '@quaestor/peft';

export interface DiskQuota {
  /** Folders whose contents count. */
  readonly folders: readonly string[];
  /** Bytes that they may hold together. */
  readonly most: number;
  /** Bytes of the disk that stay free for everything else. */
  readonly keepFree: number;
}

/** What is wrong, in a sentence that says what to do; null when there is room. */
export function diskProblem({ folders, most, keepFree }: DiskQuota): Translated | null {
  const used = folders.reduce((sum, folder) => sum + bytesIn(folder), 0);
  if (used > most) {
    return {
      en: `Jobs hold ${megabytes(used)} of the ${megabytes(most)} that they may. Remove jobs or uploads that are no longer needed.`,
      zh: `任务和上传的文件已占用 ${megabytes(used)}，最多可用 ${megabytes(most)}。请先删除不再需要的任务或文件。`,
    };
  }
  const place = folders.find((folder) => existsSync(folder));
  if (place === undefined) return null;
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  if (free >= keepFree) return null;
  return {
    en: `Only ${megabytes(free)} of the disk are free, and ${megabytes(keepFree)} are kept for everything else. Make room on it.`,
    zh: `磁盘只剩 ${megabytes(free)}，其中 ${megabytes(keepFree)} 留作他用。请先腾出空间。`,
  };
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
