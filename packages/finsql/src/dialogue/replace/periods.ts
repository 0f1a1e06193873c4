/** Periods of a follow-up put in the place of those of the question before. */

import type { Period } from '../../retrieval/quantities/periods.ts';
import { readQuantities } from '../../retrieval/quantities.ts';
import type { Earlier } from '../follow-up.ts';
import { replaceSpan } from '../mentions.ts';

/** Only the text of a period matters here, so that any reference day will do. */
const ANY_DAY = '2000-01-01';
const PREPOSITION = /\b(?:in|on|during|for|since|before|after|until|by|as of|at)(?: the year)? $/i;
const PARTIAL =
  /^(?:in |for |on )?(?:the )?(?:(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)|q[1-4]|(?:first|second|third|fourth) (?:quarter|half))$/i;
const HAN_PARTIAL =
  /^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年)的?$/u;

/** The periods that a text names, in its order. */
export function periodsOf(text: string): Period[] {
  return readQuantities(text, ANY_DAY).filter((quantity) => quantity.kind === 'period');
}

/** `December`, `Q4`, 第四季度: with the year of the question before, where it has just one. */
export function completePeriod(rest: string, { body }: Earlier): string {
  const han = HAN_PARTIAL.test(rest);
  if (!han && !PARTIAL.test(rest)) return rest;
  const years = new Set(periodsOf(body).map(yearOf));
  const [year] = years;
  if (years.size !== 1 || year === undefined) return rest;
  if (han) return `${year}年${rest}`;
  return /(?:quarter|half)$/i.test(rest) ? `${rest} of ${year}` : `${rest} ${year}`;
}

/**
 * The question with the new periods.
 * @param preposition what the follow-up says before its period, as `since`; empty for in, on and the like
 */
export function replacePeriods(
  earlier: Earlier,
  news: readonly Period[],
  preposition: string,
): string | undefined {
  const olds = periodsOf(earlier.body);
  const [first] = news;
  if (first === undefined) return undefined;
  if (olds.length === 0) {
    if (news.length > 1) return undefined;
    const text = spelled(first, earlier.han);
    if (earlier.han) return text + earlier.body;
    const lead = preposition || (first.relative ? '' : first.grain === 'day' ? 'on' : 'in');
    return `${earlier.body} ${lead} ${text}`.replace(/ {2,}/g, ' ');
  }
  const oneForAll =
    news.length === 1 &&
    (olds.length === 1 || (first.grain === 'year' && new Set(olds.map(yearOf)).size === 1));
  if (!oneForAll && news.length !== olds.length) return undefined;
  let body = earlier.body;
  for (const [index, old] of [...olds.entries()].reverse()) {
    body = swap(body, old, oneForAll ? first : (news[index] ?? first), preposition, earlier.han);
  }
  return body === earlier.body ? undefined : body;
}

function swap(body: string, old: Period, by: Period, preposition: string, han: boolean): string {
  const year = /(?:19|20)\d\d/;
  if (by.grain === 'year' && !by.relative && old.grain !== 'year' && year.test(old.text)) {
    return replaceSpan(body, old, old.text.replace(year, by.from.slice(0, 4)));
  }
  const text = spelled(by, han);
  if (han) return replaceSpan(body, old, text);
  const before = body.slice(0, old.at);
  const said = PREPOSITION.exec(before)?.[0] ?? '';
  const kept = before.slice(0, before.length - said.length);
  return `${kept}${leadOf(said, by, preposition)}${text}${body.slice(old.at + old.text.length)}`;
}

/** The preposition for a period in the place of another. */
function leadOf(said: string, by: Period, preposition: string): string {
  if (preposition !== '') return `${preposition} `;
  if (by.relative) return /^(?:in|on|during|at)\b/i.test(said) ? '' : said;
  if (said === '') return by.grain === 'day' ? 'on ' : 'in ';
  if (!/^(?:in|on) $/i.test(said)) return said;
  return by.grain === 'day' ? 'on ' : 'in ';
}

/** A period in the language of the question: 2023年 ↔ 2023. */
function spelled(period: Period, han: boolean): string {
  if (period.grain !== 'year' || period.relative) return period.text;
  const year = period.from.slice(0, 4);
  return han ? `${year}年` : year;
}

function yearOf(period: Period): string {
  return period.from.slice(0, 4);
}
