/** Which numbers of a question are amounts, `20 billion` or `20000000`, and which are said as they stand. */
import { blankAmounts, readAmounts } from './amounts.ts';
import { CHINESE_DECIMAL, DIGIT_NUMERAL, ENGLISH_NUMERAL, readNumeral } from './numerals.ts';

export interface StatedNumbers {
  /** With a word of size, or with the zeros of one. */
  readonly amounts: readonly number[];
  /** All others. */
  readonly others: readonly number[];
}

const NUMERAL = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}.])(?:${DIGIT_NUMERAL}|${ENGLISH_NUMERAL}(?!\\p{Script=Latin})|${CHINESE_DECIMAL})`,
  'giu',
);
/** What any question with an amount has. */
export const MAY_STATE = /\d{2},?\d{3}|[百千万亿]|\d ?(?:k|mn|bn)\b|thousand|illion/iu;
/** A number of so many zeros is an amount: a year has fewer, a code other digits. */
const LEAST_AMOUNT = 10_000;

/** Whether a plain number has the zeros of an amount. */
export function isAmount(value: number): boolean {
  return value >= LEAST_AMOUNT && value % (LEAST_AMOUNT / 10) === 0;
}

export function readStated(text: string): StatedNumbers {
  const scaled = readAmounts(text);
  const rest = blankAmounts(text, scaled, ' ');
  const plain = [...rest.matchAll(NUMERAL)].flatMap(([numeral]) => readNumeral(numeral) ?? []);
  return {
    amounts: [
      ...scaled.flatMap(({ kind, value }) => (kind === 'amount' ? [value] : [])),
      ...plain.filter(isAmount),
    ],
    others: plain.filter((value) => !isAmount(value)),
  };
}
