import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOUR = 3_600_000;

/**
 * Removes what a kill left in a folder of work that was on its way: what nobody knows, and is older
 * than an hour, since another server may be at it.
 */
export function removeLeftovers(folder: string, isKnown: (name: string) => boolean): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > HOUR && !isKnown(name)) rmSync(path, { recursive: true, force: true });
  }
}
