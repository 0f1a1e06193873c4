import { mkdirSync, statfsSync } from 'node:fs';
import { PeftError } from '../errors.ts';

/**
 * Fails early rather than with a full disk.
 * @throws PeftError 'download-failed' saying how much is needed and how much is free
 */
export function expectSpace(folder: string, bytes: number): void {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const megabytes = (amount: number) => `${Math.ceil(amount / 1e6)} MB`;
  throw new PeftError('download-failed', {
    en: `The disk is too full: ${megabytes(bytes)} are needed in ${folder}, ${megabytes(free)} are free. Make room, or set QUAESTOR_HOME to a folder on another disk.`,
    zh: `磁盘空间不足：${folder} 需要 ${megabytes(bytes)}，只剩 ${megabytes(free)}。请腾出空间，或将 QUAESTOR_HOME 设为其他磁盘上的文件夹。`,
  });
}
