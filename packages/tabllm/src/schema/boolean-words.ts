/** Words for yes and no, lower case; the first of each pair is yes. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['true', 'false'],
  ['y', 'n'],
  ['t', 'f'],
  ['on', 'off'],
  ['ja', 'nein'],
  ['oui', 'non'],
  ['是', '否'],
  ['有', '无'],
];

/** The word of a yes-or-no column that means yes, as it is written there; null for other columns. */
export function detectBoolean(distinct: readonly string[]): { yes: string; no: string } | null {
  if (distinct.length !== 2) return null;
  for (const [yes, no] of PAIRS) {
    const [a, b] = distinct as [string, string];
    const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
    if (lowerA === yes && lowerB === no) return { yes: a, no: b };
    if (lowerA === no && lowerB === yes) return { yes: b, no: a };
  }
  return null;
}

/** Signs that mean yes or no beside the words of a column of these. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['1', '0'],
  ['j', 'n'],
  ['✓', '✗'],
  ['✔', '✘'],
  ['√', '×'],
];
const MEANINGS = new Map(
  [...PAIRS, ...SIGNS].flatMap(([yes, no]): [string, boolean][] => [
    [yes, true],
    [no, false],
  ]),
);

/** Whether a word means yes; null for what is neither. */
export function meaningOf(word: string): boolean | null {
  return MEANINGS.get(foldedWord(word)) ?? null;
}

/** Case and blanks around do not count. */
export function foldedWord(word: string): string {
  return word.trim().toLowerCase();
}
