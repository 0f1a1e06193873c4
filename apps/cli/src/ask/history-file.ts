/** What was typed into `quaestor ask`, in the state folder: one line each, the newest last. */
import { readFileSync } from 'node:fs';
import { replaceFile, stateFolder } from '@quaestor/peft';

/** Lines kept. */
export const MOST_LINES = 500;

const file = (): string => stateFolder('ask-history');

/** The lines, newest first; none where there is no such file. */
export function readHistory(): string[] {
  try {
    const lines = readFileSync(file(), 'utf8').split('\n');
    return lines.filter((line) => line !== '').reverse();
  } catch {
    return [];
  }
}

/** Where nothing can be written, as in a home for reading only, none are kept. @param lines newest first */
export function writeHistory(lines: readonly string[]): void {
  const kept = lines.slice(0, MOST_LINES).toReversed();
  try {
    replaceFile(file(), Buffer.from(kept.map((line) => `${line}\n`).join('')));
  } catch {
    // A conversation goes on without a history.
  }
}
