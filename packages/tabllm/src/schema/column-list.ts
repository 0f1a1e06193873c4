/** Names of columns in a sentence: those of a file that is read in a wrong encoding may be the whole of it. */
import type { Translated } from '@quaestor/peft';

const MOST = 20;
const LONGEST = 40;

/** The first twenty names, long ones cut. */
export function columnList(columns: readonly string[]): Translated {
  const shown = columns
    .slice(0, MOST)
    .map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name));
  const more = columns.length - shown.length;
  const list = (gap: string, rest: string) => shown.join(gap) + (more > 0 ? rest : '');
  return { en: list(', ', ` and ${more} more`), zh: list('、', ` 等 ${columns.length} 列`) };
}
