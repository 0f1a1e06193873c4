/**
 * Text → what values and questions are compared by. A unit is a word, or one Chinese character;
 * the key of a text is its words, folded, with one space between.
 */

export interface Unit {
  /** As words are compared. */
  readonly text: string;
  /** As written. */
  readonly written: string;
  readonly han: boolean;
}

const UNIT = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** A word as words are compared: in lower case, full-width and half-width forms alike. */
export function foldWord(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}

/** A text with its full-width signs, letters and digits as those of ASCII; places stay the same. */
export function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}

/** The units of a text, in order. */
export function unitsOf(text: string): Unit[] {
  return [...text.matchAll(UNIT)].map(([written]) => ({
    text: foldWord(written),
    written,
    han: /\p{Script=Han}/u.test(written),
  }));
}

/** Runs of letters and digits, folded; a Chinese run is one of them. */
export function runsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map(foldWord);
}

/** What two spellings of one value have in common: words without case, signs and spacing. */
export function keyOf(text: string): string {
  return runsOf(text).join(' ');
}

/** The first two characters of a Chinese text, by which it is found. */
export function pairOf(text: string): string {
  return [...foldWidth(text.trim())].slice(0, 2).join('');
}

/** The key without its spaces: what the trigrams are taken of. */
export function tightKeyOf(text: string): string {
  return runsOf(text).join('');
}

/** The trigrams of a text, each once. */
export function trigramsOf(text: string): string[] {
  const characters = [...text];
  const all = new Set<string>();
  for (let at = 0; at + 3 <= characters.length; at++) {
    all.add(characters.slice(at, at + 3).join(''));
  }
  return [...all];
}
