/**
 * Numbers in English words, with or without digits: `one hundred and twenty million`, `2.5 bn`.
 *
 *   group  := ones | teens | tens (ones)? | (those | a) hundred (and? those)?
 *   term   := (digits | group) (point ones+)? (and a half)? scale* | half a? scale+
 *   number := term (and? term)*, each term smaller than the scale before it
 */
import { DIGIT_NUMERAL, readDigits, scaled } from './digit-numerals.ts';

const ONES = 'zero one two three four five six seven eight nine'.split(' ');
const TEENS =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const WORDS: ReadonlyMap<string, number> = new Map([
  ...[...ONES, ...TEENS].map((word, value) => [word, value] as const),
  ...TENS.map((word, tens) => [word, 10 * (tens + 2)] as const),
  ['a', 1],
]);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['k', 1e3],
  ['mn', 1e6],
  ['bn', 1e9],
]);

const ANY_ONES = `(?:${ONES.join('|')})`;
const BELOW_HUNDRED = `(?:(?:${TENS.join('|')})(?:[ -]${ANY_ONES})?|${TEENS.join('|')}|${ANY_ONES})`;
/** A number below a thousand, or so many hundreds, as a regular expression. */
export const ENGLISH_NUMERAL: string = `(?:(?:a|${BELOW_HUNDRED}) hundred(?: (?:and )?${BELOW_HUNDRED}(?! hundred))?|${BELOW_HUNDRED}|a)`;

const WORD_SCALE = '(?:hundred|thousand|million|billion|trillion)';
const TERM = new RegExp(
  '(?<![\\p{Script=Latin}\\p{N}.])' +
    `(?:(?<half>(?:a )?half(?: a)?(?= ${WORD_SCALE}))|(?<digits>${DIGIT_NUMERAL})|(?<words>${ENGLISH_NUMERAL})(?: point(?<places>(?: ${ANY_ONES})+))?)` +
    `(?<more> and (?:a )?half(?= ${WORD_SCALE}))?` +
    `(?<scales>(?: ?(?:${[...SCALES.keys()].join('|')})s?)*)` +
    '(?![\\p{Script=Latin}\\p{N}])',
  'giu',
);

export interface EnglishNumber {
  readonly text: string;
  readonly at: number;
  readonly value: number;
  /** Whether a word of size, from thousand upwards, is in it. */
  readonly sized: boolean;
}

interface Term extends EnglishNumber {
  /** Of its last unit: what comes behind must be smaller. */
  readonly unit: number;
  readonly digits: boolean;
  /** Whether something may come behind: not behind `1.5 million`. */
  readonly whole: boolean;
}

/** All numbers of a text, in its order. */
export function englishNumbers(text: string): EnglishNumber[] {
  const found: Term[] = [];
  for (const match of text.matchAll(TERM)) {
    const term = readTerm(match);
    if (term === undefined) continue;
    const before = found.at(-1);
    if (before !== undefined && continues(before, term, text)) {
      const joined = text.slice(before.at, term.at) + term.text;
      found[found.length - 1] = {
        ...term,
        text: joined,
        at: before.at,
        value: before.value + term.value,
        sized: true,
      };
    } else found.push(term);
  }
  return found;
}

/** The number that the whole text writes; undefined when it writes none. */
export function readEnglish(text: string): number | undefined {
  const [number] = englishNumbers(text);
  return number?.text === text ? number.value : undefined;
}

function readTerm({ 0: text, index: at, groups = {} }: RegExpExecArray): Term | undefined {
  const { half, digits, words, places, more } = groups;
  const units = [...(groups.scales ?? '').matchAll(/[a-z]+?(?=s?(?: |$))/giu)].map(
    ([word]) => SCALES.get(word.toLowerCase()) ?? 1,
  );
  const sized = units.some((unit) => unit >= 1e3);
  // `a k` is a letter behind an article.
  if (words?.toLowerCase() === 'a' && /^ ?(?:k|mn|bn)s?$/i.test(groups.scales ?? '')) return;
  const head =
    half !== undefined
      ? 0.5
      : digits !== undefined
        ? readDigits(digits)
        : readGroup(words ?? '') + readPlaces(places ?? '');
  const unit = units.reduce((product, one) => product * one, 1);
  const number = head + (more === undefined ? 0 : 0.5);
  return {
    text,
    at,
    value: scaled(number, unit),
    sized,
    unit,
    digits: digits !== undefined,
    whole: Number.isInteger(number),
  };
}

function readGroup(text: string): number {
  return text
    .toLowerCase()
    .split(/[ -]/)
    .reduce((sum, word) => (word === 'hundred' ? sum * 100 : sum + (WORDS.get(word) ?? 0)), 0);
}

/** ` two five` behind a point: 0.25. */
function readPlaces(text: string): number {
  const digits = text.trim().toLowerCase().split(' ');
  return Number(`0.${digits.map((word) => WORDS.get(word) ?? 0).join('')}`);
}

/** What makes a small number behind a large one a number of its own: `two million two years ago`. */
const OTHERWISE_COUNTED = /^[ -](?:of|days?|weeks?|months?|quarters?|years?)\b/i;
const PERCENT = /^ ?(?:%|％|per ?cent|percentage)/i;

/** Whether a term belongs to the number before it. */
function continues(before: Term, term: Term, text: string): boolean {
  const gap = text.slice(before.at + before.text.length, term.at).toLowerCase();
  if (!before.sized || !before.whole || term.value >= before.unit) return false;
  if (/^(?:half|a)\b/i.test(term.text)) return false;
  // `3 billion 2024`, `between 1 million and 500 thousand`.
  if (term.digits) return term.sized && gap === ' ';
  const behind = text.slice(term.at + term.text.length);
  if (PERCENT.test(behind)) return false;
  if (term.sized) return /^,? (?:and )?$/.test(gap);
  if (before.digits || (term.value < 100 && OTHERWISE_COUNTED.test(behind))) return false;
  return term.value < 100 ? /^ (?:and )?$/.test(gap) : /^,? $/.test(gap);
}
