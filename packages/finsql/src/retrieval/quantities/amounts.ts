/** Amounts and percentages of a question as numbers: `20 billion`, 2 亿, `3.5 million`, `5 %`, 百分之五. */
import { CHINESE_NUMERAL, DIGIT_NUMERAL, ENGLISH_NUMERAL, readNumeral } from './numerals.ts';

export interface Amount {
  readonly kind: 'amount';
  readonly text: string;
  readonly at: number;
  readonly value: number;
}

export interface Percentage {
  readonly kind: 'percentage';
  readonly text: string;
  readonly at: number;
  /** 5 for five percent. */
  readonly value: number;
}

const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['k', 1e3],
  ['mn', 1e6],
  ['bn', 1e9],
  ['百', 1e2],
  ['千', 1e3],
  ['万', 1e4],
  ['百万', 1e6],
  ['千万', 1e7],
  ['亿', 1e8],
  ['百亿', 1e10],
  ['千亿', 1e11],
  ['万亿', 1e12],
]);

const LATIN = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}.])(${DIGIT_NUMERAL}|${ENGLISH_NUMERAL}) ?(thousand|million|billion|trillion|k|mn|bn)s?(?![\\p{Script=Latin}\\p{N}])`,
  'giu',
);
const HAN = new RegExp(
  `(?<![\\d.])(${DIGIT_NUMERAL}|${CHINESE_NUMERAL})? ?(万亿|千亿|百亿|亿|千万|百万|万|(?<=\\d ?)千|(?<=\\d ?)百)(?!分)`,
  'gu',
);
const PERCENT = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}.])(-?(?:${DIGIT_NUMERAL})|${ENGLISH_NUMERAL}) ?(?:%|％|per ?cent\\b|percentage points?\\b|个百分点)`,
  'giu',
);
const HAN_PERCENT = new RegExp(`百分之(${DIGIT_NUMERAL}|${CHINESE_NUMERAL})`, 'gu');

/** The text with each amount blanked out, as long as before. @param blank one character */
export function blankAmounts(
  text: string,
  amounts: readonly Pick<Amount, 'at' | 'text'>[],
  blank: string,
): string {
  return amounts.reduce(
    (all, { at, text: { length } }) =>
      all.slice(0, at) + blank.repeat(length) + all.slice(at + length),
    text,
  );
}

/** All of them, in the order of the text. */
export function readAmounts(text: string): (Amount | Percentage)[] {
  const found: (Amount | Percentage)[] = [];
  for (const pattern of [PERCENT, HAN_PERCENT]) {
    for (const match of text.matchAll(pattern)) {
      const [all, numeral = ''] = match;
      const sign = numeral.startsWith('-') ? -1 : 1;
      const value = readNumeral(numeral.replace('-', ''));
      if (value !== undefined) {
        found.push({ kind: 'percentage', text: all, at: match.index, value: sign * value });
      }
    }
  }
  for (const pattern of [LATIN, HAN]) {
    for (const match of text.matchAll(pattern)) {
      const [all, numeral, scale = ''] = match;
      const number = numeral === undefined ? 1 : readNumeral(numeral);
      const factor = SCALES.get(scale.toLowerCase());
      if (number === undefined || factor === undefined) continue;
      // 3.3 × 1e8 is 330000000.00000006 in doubles.
      const value = Number((number * factor).toPrecision(15));
      found.push({ kind: 'amount', text: all.trim(), at: match.index, value });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
