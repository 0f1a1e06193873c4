/** `three loans or more`: the number is open as it is in `three or more loans`. */
import { isWord, type Meaning } from '../model/phrase.ts';

/** The meanings with what opens a number right behind it. */
export function withOpenNumbers(meanings: readonly Meaning[]): readonly Meaning[] {
  const at = meanings.findIndex(
    (one, index) =>
      one.kind === 'number' &&
      /^(?:table|column)$/.test(meanings[index + 1]?.kind ?? '') &&
      isWord(meanings[index + 2], 'or-more', 'or-less'),
  );
  const [noun, open] = [meanings[at + 1], meanings[at + 2]];
  if (at < 0 || noun === undefined || open === undefined) return meanings;
  return [...meanings.slice(0, at + 1), open, noun, ...meanings.slice(at + 3)];
}
