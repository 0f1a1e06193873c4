/** Words that are nearly one of the names: a letter off, `popuation`, or written in full, project for `proj`. */
import { singular } from '../../retrieval/words.ts';
import type { ShortNames } from '../names/short-names.ts';

/** Shorter words are another word sooner than a slip. */
const FEWEST_LETTERS = 6;

/** The one word of the names that a slip of one letter makes this; undefined where there is none, or several. */
export function spelledRight(word: string, known: ReadonlySet<string>): string | undefined {
  if (word.length < FEWEST_LETTERS || !/^[a-z]+$/.test(word) || known.has(word)) return undefined;
  const near = (one: string) => isOneSlipFrom(one, word) && /^[a-z]+$/.test(one);
  const [only, ...others] = [...known].filter(near);
  return others.length > 0 ? undefined : only;
}

/** Whether one letter is missing, too many, another, or two neighbours are swapped; the first one is right. */
function isOneSlipFrom(right: string, word: string): boolean {
  if (right === word || right[0] !== word[0] || right.length < FEWEST_LETTERS) return false;
  if (Math.abs(right.length - word.length) > 1) return false;
  let front = 0;
  while (front < right.length && right[front] === word[front]) front++;
  let back = 0;
  const most = Math.min(right.length, word.length) - front;
  while (back < most && right.at(-1 - back) === word.at(-1 - back)) back++;
  const [ours, theirs] = [right, word].map((one) => one.slice(front, one.length - back)) as [
    string,
    string,
  ];
  const isSwapped = ours.length === 2 && theirs === `${ours[1]}${ours[0]}`;
  return Math.max(ours.length, theirs.length) <= 1 || isSwapped;
}

/** Fewer letters are the beginning of too many words. */
const SHORTEST_BEGINNING = 3;

/**
 * The one word of the names that a word is cut down to, `proj` of project, `comm` of commission; undefined
 * where there is none, or several.
 */
export function cutDown(
  word: string,
  { written, known }: Pick<ShortNames, 'written' | 'known'>,
): string | undefined {
  if (!/^[a-z]+$/.test(word) || known.has(word)) return undefined;
  const isBeginning = (one: string) =>
    one.length >= SHORTEST_BEGINNING && one.length <= word.length - 2 && word.startsWith(one);
  const [only, ...others] = [...written].filter(isBeginning);
  // `pres` is no plural, and is matched as one.
  return only === undefined || others.length > 0 ? undefined : singular(only);
}
