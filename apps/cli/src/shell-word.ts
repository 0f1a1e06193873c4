import { printableLine } from './printable.ts';

/** One word of a command that people copy into their shell: nothing in it means anything to the shell. */
export function shellWord(text: string): string {
  const line = printableLine(text);
  return /^[\w@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
}
