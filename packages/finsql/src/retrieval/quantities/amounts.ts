/** Amounts and percentages of a question as numbers: `20 billion`, 两亿五千万, `5 %`, 百分之五. */
import { chineseAmounts } from './chinese-numbers.ts';
import { englishNumbers } from './english-numbers.ts';
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
  const sized = englishNumbers(text).filter((number) => number.sized);
  for (const { text: written, at, value } of [...sized, ...chineseAmounts(text)]) {
    found.push({ kind: 'amount', text: written, at, value });
  }
  return found.sort((a, b) => a.at - b.at);
}
