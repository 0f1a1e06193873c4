/** Periods of a follow-up put in the place of those of the question before. */

import type { Period } from '../../retrieval/quantities/periods.ts';
import { readQuantities } from '../../retrieval/quantities.ts';
import { hasHan } from '../../retrieval/words.ts';
import type { Earlier } from '../follow-up.ts';
import { replaceSpan } from '../mentions.ts';

/** Only the text of a period matters here, so that any reference day will do. */
const ANY_DAY = '2000-01-01';
/** What stands before a period, as `since the year `. */
export const PREPOSITION =
  /\b(?:in|on|during|for|since|before|after|until|by|as of|at)(?: the year)? $/i;
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const PARTIAL = new RegExp(
  `^(?:in |for |on |at |as (?:of|at) )?(?:the )?(?:(?:end of )?${MONTH}|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?|q[1-4]|(?:first|second|third|fourth) (?:quarter|half))$`,
  'i',
);
const HAN_PARTIAL =
  /^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年)[末底初]?的?$/u;

/** Words that take the beginning or the end of the period beside them. */
const EDGE_BEFORE =
  /(?:(?:\bthe )?\b(?:end|close|start|beginning) of (?:the year |fiscal (?:year )?)?|\byear[- ]end (?:of )?)$/i;
const EDGE_BEHIND = /^ year[- ]end\b/i;
const HAN_EDGE = /^[年度期]?(?:末(?!位)|底(?!层)|初(?!至今|以来|创|级|中|始|次))/u;
const AT = /^(?:in|on|during|at)\b/i;

/** A period with the words for its beginning or end: 2022年末, `the end of 2022`. */
export interface SaidPeriod extends Period {
  /** The period alone. */
  readonly bare: string;
}

/** Years that are counted from that of the question before. */
const SHIFTS: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:in |for )?(?:the )?(?:year before|(?:previous|prior|preceding) year)$|^[上前]一年的?$/iu,
    -1,
  ],
  [/^(?:in |for )?(?:the )?(?:year after|(?:next|following) year)$|^[下后]一年的?$/iu, 1],
];

/** The periods that a text names, in its order. */
export function periodsOf(text: string): SaidPeriod[] {
  const periods = readQuantities(text, ANY_DAY).filter((quantity) => quantity.kind === 'period');
  return periods.map((period) => withEdge(text, period));
}

function withEdge(text: string, period: Period): SaidPeriod {
  const behindAt = period.at + period.text.length;
  const before = EDGE_BEFORE.exec(text.slice(0, period.at))?.[0] ?? '';
  const rest = text.slice(behindAt);
  const behind = (HAN_EDGE.exec(rest) ?? EDGE_BEHIND.exec(rest))?.[0] ?? '';
  const said = before + period.text + behind;
  return { ...period, bare: period.text, text: said, at: period.at - before.length };
}

const hasEdge = ({ text, bare }: SaidPeriod): boolean => text !== bare;

/** `the year before` → -1 */
function shiftOf(rest: string): number | undefined {
  return SHIFTS.find(([said]) => said.test(rest))?.[1];
}

/** `December`, `Q4`, 第四季度, `the year before`: by the year of the question before, where it has just one. */
export function completePeriod(rest: string, { body }: Earlier): string {
  const han = HAN_PARTIAL.test(rest);
  const shift = shiftOf(rest);
  if (!han && shift === undefined && !PARTIAL.test(rest)) return rest;
  const years = new Set(periodsOf(body).map(saidYear));
  const [year] = years;
  if (years.size !== 1 || year === undefined) return rest;
  const isNumber = /^\d+$/.test(year);
  if (shift !== undefined) {
    return isNumber ? `${Number(year) + shift}${hasHan(rest) ? '年' : ''}` : rest;
  }
  if (!isNumber && hasHan(year) !== han) return rest;
  if (han) return isNumber ? `${year}年${rest}` : year + rest;
  return /(?:quarter|half)$/i.test(rest) ? `${rest} of ${year}` : `${rest} ${year}`;
}

/** `2022`, `last year`; undefined for what is counted from today and is no year. */
function saidYear(period: SaidPeriod): string | undefined {
  if (!period.relative) return yearOf(period);
  return period.grain === 'year' ? period.bare : undefined;
}

/**
 * The question with the new periods.
 * @param preposition what the follow-up says before its period, as `since`; empty for in, on and the like
 */
export function replacePeriods(
  earlier: Earlier,
  news: readonly SaidPeriod[],
  preposition: string,
): string | undefined {
  const olds = periodsOf(earlier.body);
  const [first] = news;
  if (first === undefined) return undefined;
  if (olds.length === 0) {
    if (news.length > 1) return undefined;
    const text = spelled(first, earlier.han);
    if (earlier.han) return text + earlier.body;
    const lead = leadOf('', first, preposition, hasEdge(first)).trim();
    return `${earlier.body} ${lead} ${text}`.replace(/ {2,}/g, ' ');
  }
  const oneForAll =
    news.length === 1 &&
    (olds.length === 1 || (first.grain === 'year' && new Set(olds.map(yearOf)).size === 1));
  if (!oneForAll && news.length !== olds.length) return undefined;
  // It is open which end of a span one year would stand for.
  if (news.length === 1 && !isOfYears(first) && olds.some(isOfYears)) return undefined;
  let body = earlier.body;
  for (const [index, old] of [...olds.entries()].reverse()) {
    body = swap(body, old, oneForAll ? first : (news[index] ?? first), preposition, earlier.han);
  }
  return body === earlier.body ? undefined : body;
}

function swap(
  body: string,
  old: SaidPeriod,
  by: SaidPeriod,
  preposition: string,
  han: boolean,
): string {
  const year = /(?:19|20)\d\d/;
  const isYear = by.grain === 'year' && !by.relative && !hasEdge(by);
  if (isYear && old.grain !== 'year' && year.test(old.text)) {
    return replaceSpan(body, old, old.text.replace(year, by.from.slice(0, 4)));
  }
  // A day has neither beginning nor end.
  const keepsEdge = hasEdge(old) && !hasEdge(by) && by.grain !== 'day';
  const text = keepsEdge ? old.text.replace(old.bare, spelled(by, han)) : spelled(by, han);
  if (han) return replaceSpan(body, old, text);
  const before = body.slice(0, old.at);
  const said = PREPOSITION.exec(before)?.[0] ?? '';
  const kept = before.slice(0, before.length - said.length);
  const edged = keepsEdge || hasEdge(by);
  // `the 2022 revenue` stays without; `the revenue last year` does not.
  const bare = said === '' && !old.relative && !edged && preposition === '';
  const drops = hasEdge(old) && !edged && AT.test(said);
  const lead = bare && !by.relative ? '' : leadOf(drops ? '' : said, by, preposition, edged);
  return `${kept}${lead}${text}${body.slice(old.at + old.text.length)}`;
}

/**
 * The preposition for a period in the place of another.
 * @param edged whether it is the beginning or the end of the period
 */
function leadOf(said: string, by: Period, preposition: string, edged: boolean): string {
  if (preposition !== '') return `${preposition} `;
  if (edged) return said === '' || AT.test(said) ? 'at ' : said;
  if (by.relative) return AT.test(said) ? '' : said;
  if (said === '') return by.grain === 'day' ? 'on ' : 'in ';
  if (!/^(?:in|on) $/i.test(said)) return said;
  return by.grain === 'day' ? 'on ' : 'in ';
}

/** Whether a period spans years, 2021年到2022年; not the last three years. */
export function isOfYears({ relative, from, to }: SaidPeriod): boolean {
  return !relative && from.slice(0, 4) !== to.slice(0, 4);
}

/** A period in the language of the question: 2023年 ↔ 2023. */
function spelled(period: SaidPeriod, han: boolean): string {
  if (period.grain !== 'year' || period.relative || hasEdge(period)) return period.text;
  const year = period.from.slice(0, 4);
  return han ? `${year}年` : year;
}

function yearOf(period: Period): string {
  return period.from.slice(0, 4);
}
