import { readFileSync } from 'node:fs';

/** Bytes that a process has written, to files and elsewhere; null where the system does not tell (it has no /proc). */
export function writtenBytes(pid: number): number | null {
  try {
    const written = /^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1];
    return written === undefined ? null : Number(written);
  } catch {
    return null;
  }
}
