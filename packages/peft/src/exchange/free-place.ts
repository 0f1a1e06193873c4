import { existsSync, readdirSync, statSync } from 'node:fs';
import { PeftError } from '../errors.ts';
import type { Translated } from '../translated.ts';

/**
 * An empty or absent place is written to; another is replaced only where that is asked and it holds what is
 * written there: `--out .` must not cost more.
 * @param what is written there, as in “something else than an adapter”
 * @throws PeftError 'bad-config'
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
    readonly isOne: (folder: string) => boolean;
  },
): void {
  if (!existsSync(place)) return;
  const isFolder = statSync(place).isDirectory();
  if (isFolder && readdirSync(place).length === 0) return;
  if (replace && (!isFolder || isOne(place))) return;
  throw new PeftError(
    'bad-config',
    replace
      ? {
          en: `${place} holds something else than ${what.en}; choose another place.`,
          zh: `${place} 中不是${what.zh}，请选择其他位置。`,
        }
      : {
          en: `${place} is there already; choose another place, or replace it.`,
          zh: `${place} 已存在，请选择其他位置，或覆盖它。`,
        },
  );
}
