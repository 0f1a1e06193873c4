/** How much jobs may leave on the disk. */
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Translated } from '@quaestor/peft';
import { byteSize } from '../byte-size.ts';

/** Folders of the state that hold what clients send and jobs make. */
export const LIMITED_FOLDERS = ['jobs', 'uploads', 'labellings', 'training'] as const;

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
  const used = bytesIn(...folders);
  if (used > most) {
    return {
      en: `Jobs hold ${byteSize(used)} of the ${byteSize(most)} that they may. Remove jobs or uploads that are no longer needed.`,
      zh: `任务和上传的文件已占用 ${byteSize(used)}，最多可用 ${byteSize(most)}。请先删除不再需要的任务或文件。`,
    };
  }
  const place = folders.find((folder) => existsSync(folder));
  if (place === undefined) return null;
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  if (free >= keepFree) return null;
  return {
    en: `Only ${byteSize(free)} of the disk are free, and ${byteSize(keepFree)} are kept for everything else. Make room on it.`,
    zh: `磁盘只剩 ${byteSize(free)}，其中 ${byteSize(keepFree)} 留作他用。请先腾出空间。`,
  };
}

/** Bytes of all files below folders, one of several names once; symbolic links are not followed. */
export function bytesIn(...folders: readonly string[]): number {
  const seen = new Set<string>();
  return folders.reduce((sum, folder) => sum + bytesBelow(folder, seen), 0);
}

/** @param seen files of several names that were counted */
function bytesBelow(folder: string, seen: Set<string>): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesBelow(path, seen);
    // A file may be renamed while this looks.
    const file = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (file === undefined) return sum;
    if (file.nlink > 1) {
      const name = `${file.dev}:${file.ino}`;
      if (seen.has(name)) return sum;
      seen.add(name);
    }
    return sum + file.size;
  }, 0);
}
