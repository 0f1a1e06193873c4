/**
 * Text → what values and questions are compared by. A unit is a word, or one Chinese character;
 * the key of a text is its words, folded, with one space between.
 */

export interface Unit {
  /** Lower case. */
  readonly text: string;
  /** As written. */
  readonly written: string;
  readonly han: boolean;
}

const UNIT = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** The units of a text, in order. */
export function unitsOf(text: string): Unit[] {
  return [...text.matchAll(UNIT)].map(([written]) => ({
    text: written.toLowerCase(),
    written,
    han: /\p{Script=Han}/u.test(written),
  }));
}

/** Lower-case runs of letters and digits; a Chinese run is one of them. */
export function runsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** What two spellings of one value have in common: words without case, signs and spacing. */
export function keyOf(text: string): string {
  return runsOf(text).join(' ');
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
