/**
 * The words of a cell of free text, as models of words count them: letters in lower case, any number as one word,
 * and of Chinese, which has no blanks, single characters and pairs.
 */

/** What stands for every number. */
const NUMBER = '#';
/** Characters of a cell that are read: what tells its kind comes early. */
const MOST_READ = 2000;
const PIECES = /\p{Script=Han}+|[\p{L}\p{M}]+|\p{N}+/gu;
const HAN = /\p{Script=Han}/u;

/** @returns each word as often as it stands there */
export function wordsOf(cell: string): string[] {
  const words: string[] = [];
  const text = cell.slice(0, MOST_READ).normalize('NFKC').toLowerCase();
  for (const [piece] of text.matchAll(PIECES)) {
    if (/^\p{N}/u.test(piece)) words.push(NUMBER);
    else if (HAN.test(piece)) pushHan(words, [...piece]);
    else words.push(piece);
  }
  return words;
}

function pushHan(words: string[], characters: readonly string[]): void {
  for (const [i, character] of characters.entries()) {
    words.push(character);
    const next = characters[i + 1];
    if (next !== undefined) words.push(character + next);
  }
}
