/** Codes that a question says without their zeros: `vendor 123` for the vendor_no 000123. */
import { hasHan, nameWords } from '../words.ts';
import type { Mention } from './exact.ts';
import type { Place, ValueLookup } from './lookup.ts';
import { foldWord } from './units.ts';

/** A longer code has more zeros than anybody leaves out. */
const LONGEST_CODE = 12;
/** A number behind the word that it numbers: `vendor 123`, `client no. 12`, 基金1. */
const NUMBERED =
  /(?<name>\p{L}+)(?:[ _-]?(?:no\.?|number|code|id|#))? ?#?(?<![\d.,])(?<number>[\d\uff10-\uff19]+)(?![\p{N}%％]|(?![的在由和与])\p{L}|[.,-]\d| (?:day|week|month|quarter|year|time|percent))/giu;
const YEAR = /^(?:19|20)\d\d$/;

/**
 * @param covered for each UTF-16 unit of the question, 1 where a mention lies; those found here are added
 */
export function findPadded(lookup: ValueLookup, question: string, covered: Uint8Array): Mention[] {
  const found: Mention[] = [];
  for (const { 0: said, index, groups = {} } of question.matchAll(NUMBERED)) {
    const number = foldWord(groups.number ?? '');
    const to = index + said.length;
    const from = to - number.length;
    if (YEAR.test(number) || covered.subarray(from, to).includes(1)) continue;
    const places = padded(number)
      .flatMap((code) => lookup.byKey(code))
      .filter((place) => isNumbered(place, groups.name ?? ''))
      .filter((place) => lookup.digits(place) === place.value.length);
    if (places.length === 0) continue;
    covered.fill(1, from, to);
    for (const place of places) found.push({ place, length: 1, from, to });
  }
  return found;
}

/** The number with one zero before it, with two, … */
function padded(number: string): string[] {
  const zeros = Math.max(0, LONGEST_CODE - number.length);
  return Array.from({ length: zeros }, (_, at) => number.padStart(number.length + at + 1, '0'));
}

/** Whether a table or column is called by the word before a number. */
function isNumbered({ table, column }: Place, name: string): boolean {
  const names = [table, column];
  if (hasHan(name)) {
    const last = [...name].slice(-2).join('');
    return last.length >= 2 && names.some((known) => known.includes(last));
  }
  const word = foldWord(name);
  return names.flatMap(nameWords).some((known) => known === word || known === `${word}s`);
}
