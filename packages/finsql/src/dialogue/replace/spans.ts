/** Stretches from one period to another, with the words around them: `between 2021 and 2022`, 从2021年到2022年. */
import { hasHan } from '../../retrieval/words.ts';
import { blank, replaceSpan, type Span } from '../mentions.ts';
import { isOfYears, PREPOSITION, periodsOf } from './periods.ts';

const LEAD = /\b(?:between|from)(?: the year)? $|[从自]$/i;
const JOINT = /^ ?(?:and|to|until|till|through)(?: the year)? ?$|^ ?[-–—~] ?$/i;

interface PeriodSpan extends Span {
  /** Whether it is said with a word before it: `between`, `from`. */
  readonly led: boolean;
}

/** The one span that is all the time a text names; undefined where there is none. */
function spanOfPeriods(text: string): PeriodSpan | undefined {
  const [first, last = first, ...others] = periodsOf(text);
  if (first === undefined || last === undefined || others.length > 0) return undefined;
  const between = text.slice(first.at + first.text.length, last.at);
  const isSpan = first === last ? isOfYears(first) : JOINT.test(between);
  if (!isSpan) return undefined;
  const before = text.slice(0, first.at);
  const lead = LEAD.exec(before)?.[0] ?? '';
  // `2021 and 2022` are two years, and no time from one to the other.
  if (lead === '' && / and /i.test(between)) return undefined;
  const at = first.at - lead.length;
  return { at, text: text.slice(at, last.at + last.text.length), led: lead !== '' };
}

/** A text without what says its span of periods, places kept. */
export function blankSpan(text: string): string {
  const span = spanOfPeriods(text);
  return span === undefined ? text : blank(text, [span]);
}

/** A question with its span replaced by that of a follow-up, in the words of the follow-up; undefined where one has none. */
export function replaceSpanOfPeriods(body: string, rest: string): string | undefined {
  const [old, next] = [spanOfPeriods(body), spanOfPeriods(rest)];
  if (old === undefined || next === undefined) return undefined;
  if (next.led && hasHan(body) !== hasHan(rest)) return undefined;
  if (!next.led) return replaceSpan(body, withoutLead(old), next.text);
  const said = old.led ? '' : (PREPOSITION.exec(body.slice(0, old.at))?.[0] ?? '');
  const at = old.at - said.length;
  return replaceSpan(body, { at, text: said + old.text }, next.text);
}

/** `from` and 从 stay before a span that comes without. */
function withoutLead({ at, text }: Span): Span {
  const lead = /^(?:between|from)(?: the year)? |^[从自]/i.exec(text)?.[0] ?? '';
  return { at: at + lead.length, text: text.slice(lead.length) };
}
