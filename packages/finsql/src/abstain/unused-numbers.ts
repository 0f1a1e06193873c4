/** Numbers that a question writes in digits and that the statement written for it says nothing about. */
import { compactParts } from '../calibrate/date-forms.ts';
import { blankAmounts, readAmounts } from '../retrieval/quantities/amounts.ts';
import { periodAround } from '../retrieval/quantities/calendar.ts';
import { DIGIT_NUMERAL, readNumeral } from '../retrieval/quantities/numerals.ts';
import { isAmount } from '../retrieval/quantities/stated-numbers.ts';
import { fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

/** What stands before a word of time is a period, which a statement may write as dates: `3 months`, 第3季度. */
const NUMBER = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}.,:/-])(?:${DIGIT_NUMERAL})(?![\\p{N}:/-]|[.,]\\d|[ -]?(?:st|nd|rd|th|days?|weeks?|months?|quarters?|years?|季|月|日|号|个|周|天|年代))`,
  'giu',
);
/** Said of a span of years, which a statement may leave open or write by the year beside it. */
const SPAN =
  /(?:\b(?:from|to|till|until|through|since|after|before|between|and|of) |[至到–-])$|^ ?(?:年?(?:以|之)?[来后前起]|[–-]|to\b)/iu;
const isYear = (value: number) => Number.isInteger(value) && value >= 1900 && value < 2100;
/** Stands where an amount was, so that `2 to 4 billion` shows that the two is one, too. */
const AMOUNT = '\u2003';
const TO_AMOUNT = new RegExp(`^ ?(?:and|to|or|[-–至到~]) ?${AMOUNT}`);

/**
 * As the question writes them. A number is said where the statement has it, as a number or in a text, an
 * amount in whatever unit, a percentage as 5, 0.05, 1.05 or 0.95.
 */
export function unusedNumbers(question: string, sql: string): string[] {
  const scaled = readAmounts(question);
  const rest = blankAmounts(question, scaled, AMOUNT);
  const plain = [...rest.matchAll(NUMBER)].flatMap(({ 0: text, index }) =>
    readPlain(text, rest.slice(0, index), rest.slice(index + text.length)),
  );
  const asked: Stated[] = [...scaled.filter(({ text }) => /\d/.test(text)), ...plain];
  if (asked.length === 0) return [];
  const said = numbersOf(sql);
  return asked
    .filter((number) => !said.some((value) => says(value, number)))
    .map(({ text }) => text);
}

interface Stated {
  readonly kind: 'amount' | 'percentage' | 'plain';
  readonly text: string;
  readonly value: number;
}

function readPlain(text: string, before: string, after: string): Stated[] {
  const value = readNumeral(text);
  // One of a thing is hardly ever a number to compare with.
  if (value === undefined || value === 1) return [];
  if (isYear(value) ? SPAN.test(before) || SPAN.test(after) : after.startsWith('年')) return [];
  const kind = TO_AMOUNT.test(after) || isAmount(value) ? 'amount' : 'plain';
  return [{ kind, text, value }];
}

/** Whether a number of the statement says what the question does; signs stand apart in statements. */
function says(value: number, { kind, text, value: stated }: Stated): boolean {
  const asked = Math.abs(stated);
  if (isNear(value, asked)) return true;
  const part = asked / 100;
  if (kind === 'amount') return isPowerOfTen(value / asked);
  if (text.includes('‰') && isNear(value, asked * 10)) return true;
  const isPart = isNear(value, part) || isNear(value, asked * 100);
  return isPart || (kind === 'percentage' && (isNear(value, 1 + part) || isNear(value, 1 - part)));
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function isPowerOfTen(ratio: number): boolean {
  const power = Math.log10(ratio);
  return Number.isFinite(power) && Math.abs(power - Math.round(power)) < 1e-9;
}

/** Of numbers, texts and names, `limit 1` left out: it is no number that a question names. */
function numbersOf(sql: string): number[] {
  const tokens = tokenizeSql(sql);
  return tokens.flatMap(({ value }, at) => {
    const before = tokens[at - 1]?.text ?? '';
    if (value === '1' && fold(before) === 'limit') return [];
    // Times up to 15 May end before the 16th begins.
    const isEnd = before === '<' && /^\d{4}-\d\d-\d\d$/.test(value);
    const said = isEnd ? `${value} ${periodAround(value, 'day', -1).from}` : value;
    return [...said.matchAll(/\d+(?:\.\d+)?/g)].flatMap(([digits]) => [
      Number(digits),
      ...compactParts(digits).map(Number),
    ]);
  });
}
