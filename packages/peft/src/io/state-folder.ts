import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Translated } from '../translated.ts';
import { statIfThere } from './stat-if-there.ts';

/**
 * A folder of Quaestor's state: `QUAESTOR_HOME`, or `.quaestor` in the user's home, and below
 * it what is asked for. Nothing is created.
 */
export function stateFolder(...parts: readonly string[]): string {
  return resolve(process.env.QUAESTOR_HOME || join(homedir(), '.quaestor'), ...parts);
}

/**
 * Why the system can make no state folder there at all, as in place of a file, or below /proc, where Node
 * would try for ever; null where it can. One without permission passes, for commands that only read.
 */
export function whyNoStateFolder(home: string = stateFolder()): Translated | null {
  let above = home;
  while (!existsSync(above)) above = dirname(above);
  if (statIfThere(above)?.isDirectory() === false) {
    return { en: `${above} is a file`, zh: `${above} 是一个文件` };
  }
  if (above === home) return null;
  try {
    rmdirSync(mkdtempSync(join(above, '.quaestor-')));
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
    return { en: `no folders can be made in ${above}`, zh: `无法在 ${above} 中创建文件夹` };
  }
}
