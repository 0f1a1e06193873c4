import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';

/** Memory that a new process can have, in bytes: on Linux with the caches that it can give back. */
export function availableMemory(): number {
  try {
    const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // No /proc on this system.
  }
  return freemem();
}
