/**
 * The signs of a question that tell what it asks for: of comparison (≥, !=), of reckoning (+, ÷) and of
 * percent. A hyphen within a word or a date, a dash and a mark at an end tell nothing.
 */
import { foldWidth } from './values/units.ts';

export interface TellingSign {
  /** In one spelling: `>=` of ≥ and of =>. */
  readonly sign: string;
  /** Where in the text, in UTF-16 units; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Signs that are typed in several ways; one for one, so that places stay the same. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/﹤/g, '<'],
  [/﹥/g, '>'],
  [/[≦⩽]/g, '≤'],
  [/[≧⩾]/g, '≥'],
  [/[–﹣]/g, '-'],
  [/﹢/g, '+'],
  [/[×✕∗]/g, '*'],
  [/[÷∕⁄]/g, '/'],
  [/﹪/g, '%'],
];
const IN_ASCII: ReadonlyMap<string, string> = new Map([
  ['≤', '<='],
  ['=<', '<='],
  ['≥', '>='],
  ['=>', '>='],
  ['≠', '!='],
  ['<>', '!='],
  // No hyphen, even within a word: fee−size.
  ['−', '-'],
]);

/** The days and years of a date, which `-`, `/` or another sign may tell apart. */
const DATE =
  '(?<!\\p{N})(?:(?:19|20)\\d\\d[-/]\\d{1,4}(?:[-/]\\d{1,2})?|\\d{1,2}[-/]\\d{1,2}[-/]\\d{2,4})(?!\\p{N})';
/** What is equal is as often told without a sign: the fee = 2, the fee 2. */
const EQUAL = '==';
const COMPARISON = '<\\s*>|[<>]\\s*=|=\\s*[<>]|!=|[<>≤≥≠≈%‰]';
/** `above -5`, `>-5` */
const NEGATIVE = '(?<=^|[\\s(<>=≤≥≠≈])[-−](?=\\d)';
/** `rated A-` */
const GRADE = '(?<=\\p{Lu})[+-](?![\\p{L}\\p{N}])';
const LETTER = '(?!\\p{Script=Han})\\p{L}';
/** `state-owned`, `30-day`, `Q1-2024` */
const HYPHEN = `(?<=${LETTER}-)(?:${LETTER}|\\p{N})|(?<=\\p{N}-)${LETTER}`;
/** Between what is reckoned with: `fee / size`, 收入-成本. */
const RECKONING = `(?<=[\\p{L}\\p{N}%)\\]"'’”」》]\\s*)(?:[+−*/]|-(?!${HYPHEN}))(?=\\s*[-−]?[\\p{L}\\p{N}([{"'“‘「《$¥€£])`;

const SIGN = new RegExp(
  `(?<none>${DATE}|${EQUAL})|${[COMPARISON, NEGATIVE, GRADE, RECKONING].join('|')}`,
  'gu',
);

/** All telling signs of a question, in its order. */
export function tellingSigns(question: string): TellingSign[] {
  const folded = SPELLINGS.reduce(
    (text, [typed, as]) => text.replace(typed, as),
    foldWidth(question),
  );
  return [...folded.matchAll(SIGN)].flatMap(({ 0: written, index, groups }) => {
    if (groups?.none !== undefined) return [];
    const tight = written.replace(/\s+/g, '');
    return [{ sign: IN_ASCII.get(tight) ?? tight, from: index, to: index + written.length }];
  });
}
