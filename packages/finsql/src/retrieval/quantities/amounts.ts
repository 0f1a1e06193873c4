/** Amounts and percentages of a question as numbers: `20 billion`, 两亿五千万, `5 %`, 百分之五, 5‰, `25 bps`. */
import { chineseAmounts } from './chinese-numbers.ts';
import { englishNumbers } from './english-numbers.ts';
import { CHINESE_DECIMAL, DIGIT_NUMERAL, ENGLISH_NUMERAL, readNumeral } from './numerals.ts';

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
/** 百分之五, 千分之三, 三分之一. */
const HAN_PART = new RegExp(
  `(?<whole>百|千|万|(?<![第零〇一二两三四五六七八九十百千万几])[一二两三四五六七八九十]+)分之(?<part>${DIGIT_NUMERAL}|${CHINESE_DECIMAL})`,
  'gu',
);
/** Parts smaller than a hundredth, and how many of them are one. */
const SMALL_PARTS: readonly (readonly [RegExp, number])[] = [
  [smallPart('‰'), 10],
  // BP in capitals behind a space may be the company.
  [smallPart(' ?(?:bps?|BPS)(?![\\p{L}\\p{N}])|BP(?![\\p{L}\\p{N}])'), 100],
  [smallPart(' ?(?:个?基点|[Bb]asis [Pp]oints?\\b)'), 100],
];

function smallPart(sign: string): RegExp {
  return new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}.])(?<part>-?(?:${DIGIT_NUMERAL}))(?:${sign})`,
    'gu',
  );
}

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

const WHOLES: Readonly<Record<string, number>> = { 百: 100, 千: 1000, 万: 10_000 };

function readSigned(numeral: string): number | undefined {
  const value = readNumeral(numeral.replace('-', ''));
  return value === undefined ? undefined : (numeral.startsWith('-') ? -1 : 1) * value;
}

/** Without the dust of doubles. */
function percentage(text: string, at: number, value: number): Percentage {
  return { kind: 'percentage', text, at, value: Number(value.toPrecision(12)) };
}

/** All of them, in the order of the text. */
export function readAmounts(text: string): (Amount | Percentage)[] {
  const found: (Amount | Percentage)[] = [];
  for (const { 0: all, 1: numeral = '', index: at } of text.matchAll(PERCENT)) {
    const value = readSigned(numeral);
    if (value !== undefined) found.push({ kind: 'percentage', text: all, at, value });
  }
  for (const [pattern, size] of SMALL_PARTS) {
    for (const { 0: all, index: at, groups = {} } of text.matchAll(pattern)) {
      const part = readSigned(groups.part ?? '');
      if (part !== undefined) found.push(percentage(all, at, part / size));
    }
  }
  for (const { 0: all, index: at, groups = {} } of text.matchAll(HAN_PART)) {
    const part = readNumeral(groups.part ?? '');
    const whole = WHOLES[groups.whole ?? ''] ?? readNumeral(groups.whole ?? '');
    if (part === undefined || !whole) continue;
    found.push(percentage(all, at, (100 * part) / whole));
  }
  const sized = englishNumbers(text).filter((number) => number.sized);
  for (const { text: written, at, value } of [...sized, ...chineseAmounts(text)]) {
    found.push({ kind: 'amount', text: written, at, value });
  }
  return found.sort((a, b) => a.at - b.at);
}
