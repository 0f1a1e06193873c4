/** Two parts of one year, which is said of the second alone: `January against March 2026`, `first half versus second half of 2025`. */
import { partOfYear, type Span } from '../../retrieval/quantities/calendar.ts';
import type { Phrase } from '../model/phrase.ts';

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const ORDINAL = '(?:first|second|third|fourth|last|1st|2nd|3rd|4th)';
const PART = `(?:${MONTH}|q[1-4]|h[12]|${ORDINAL} (?:half|quarter))`;
const YEAR = '(?:19|20)\\d\\d';

const COMPARED = '(?:against|versus|vs\\.?|compared to|compared with|relative to)(?: the)?';
const TWO_PARTS = new RegExp(
  `\\b(?<first>${PART})(?<joint> (?:${COMPARED}|to(?: the)?|and(?: the)?) )(?<second>${PART})(?<of>,? (?:of )?)(?<year>${YEAR})\\b`,
  'gi',
);
/** `from the first to the second half of 2025`. */
const TWO_PLACES = new RegExp(
  `\\b(?<first>${ORDINAL})(?<joint> (?:${COMPARED}|to(?: the)?|and(?: the)?) )(?<second>${ORDINAL} (?:half|quarter))(?<of>,? (?:of )?)(?<year>${YEAR})\\b`,
  'gi',
);

/** Words for what a figure of one period is against that of another. */
const CHANGE =
  /\b(?:change[ds]?|changing|growth|grow|grew|grown|increased?|rise|rose|risen|fell|fall|fallen|drop|dropped|decline[ds]?|difference|differ|develop(?:ed|ment)?|compare)\b/i;

/** Both parts as periods; what goes from the one to the other is a change, and no stretch of time. */
export function sharedYears(question: string): Phrase[] {
  const isOfChange = CHANGE.test(question);
  return [...question.matchAll(TWO_PARTS), ...question.matchAll(TWO_PLACES)].flatMap((found) => {
    const { first = '', joint = '', second = '', of = '', year = '' } = found.groups ?? {};
    const isCompared = !/^ (?:to|and)\b/i.test(joint);
    // `in both April and May 2024`.
    const areBoth = /\bboth (?:in )?$/i.test(question.slice(0, found.index));
    if (!isCompared && !isOfChange && !areBoth) return [];
    const noun = /half|quarter/i.exec(second)?.[0] ?? '';
    const isPlace = new RegExp(`^${ORDINAL}$`, 'i').test(first);
    const parts = [isPlace ? `${first} ${noun}` : first, second].map((text) =>
      partNamed(text, Number(year)),
    );
    const [one, other] = parts;
    if (one === undefined || other === undefined) return [];
    const behind = found.index + first.length + joint.length;
    const end = behind + second.length + of.length + year.length;
    return [phraseOf(one, found.index, found.index + first.length), phraseOf(other, behind, end)];
  });
}

function phraseOf({ from: begins, to: ends }: Span, from: number, to: number): Phrase {
  return { from, to, meanings: [{ kind: 'period', from: begins, to: ends, cost: 0 }] };
}

/** A month, a quarter or a half of a year. */
function partNamed(text: string, year: number): Span | undefined {
  const said = text.toLowerCase();
  const numbered = /^([qh])([1-4])$/.exec(said);
  if (numbered) {
    const [, letter, index] = numbered;
    return partOfYear(year, letter === 'q' ? 'quarter' : 'half', Number(index));
  }
  const month = MONTHS.split('|').indexOf(said.slice(0, 3));
  if (month >= 0 && !/ /.test(said)) return partOfYear(year, 'month', month + 1);
  const [place = '', noun = ''] = said.split(' ');
  const grain = noun === 'half' ? 'half' : 'quarter';
  const index = placeOf(place, grain === 'half' ? 2 : 4);
  const isPart = index >= 1 && index <= (grain === 'half' ? 2 : 4);
  return isPart ? partOfYear(year, grain, index) : undefined;
}

function placeOf(text: string, last: number): number {
  if (text === 'last') return last;
  const places = ['first', 'second', 'third', 'fourth'];
  return /^\d/.test(text) ? Number(text[0]) : places.indexOf(text) + 1;
}
