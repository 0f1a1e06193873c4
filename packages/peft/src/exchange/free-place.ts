import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { PeftError } from '../errors.ts';
import { temporaryBeside } from '../io/replace-file.ts';
import { reasonOf } from '../reason.ts';
import type { Translated } from '../translated.ts';

/**
 * An empty or absent place is written to; another is replaced only where that is asked and it holds what is
 * written there: `--out .` must not cost more.
 * @param what is written there, as in “something else than an adapter”
 * @throws PeftError 'bad-config', or 'bad-file' where nothing can be written
 */
export function expectFree(
  place: string,
  {
    replace,
    what,
    isOne,
  }: {
    readonly replace: boolean;
    readonly what: Translated;
    /** Whether the folder or file that lies there is what is written. */
    readonly isOne: (place: string) => boolean;
  },
): void {
  if (isVacant(place) || (replace && isOne(place))) {
    expectWritable(place);
    return;
  }
  throw new PeftError(
    'bad-config',
    isOne(place)
      ? {
          en: `${place} is there already; choose another place, or replace it with --replace.`,
          zh: `${place} 已存在，请选择其他位置，或用 --replace 覆盖它。`,
        }
      : {
          en: `${place} holds something else than ${what.en}; choose another place.`,
          zh: `${place} 中不是${what.zh}，请选择其他位置。`,
        },
  );
}

/** Whether every entry of a folder is a file that is written there. */
export function holdsOnly(folder: string, isWritten: (file: string) => boolean): boolean {
  return readdirSync(folder, { withFileTypes: true }).every(
    (entry) => entry.isFile() && isWritten(entry.name),
  );
}

function isVacant(place: string): boolean {
  if (!existsSync(place)) return true;
  return statSync(place).isDirectory() && readdirSync(place).length === 0;
}

/** Makes a folder and takes it away again: long work should not be lost for its place. */
function expectWritable(place: string): void {
  try {
    const made = mkdirSync(existsSync(place) ? temporaryBeside(place) : place, { recursive: true });
    if (made !== undefined) rmSync(made, { recursive: true });
  } catch (cause) {
    const why = reasonOf(cause, place);
    throw new PeftError(
      'bad-file',
      { en: `Cannot write ${place}: ${why.en}`, zh: `无法写入 ${place}：${why.zh}` },
      { cause },
    );
  }
}
