/** How statements write periods: the year of 2024 as 2024 or '2024%', its months as 202401, its last day … */
import type { SqlToken } from '../sql/tokenize.ts';
import type { PeriodMeaning } from '../word-by-word/model/phrase.ts';

type Days = Pick<PeriodMeaning, 'from' | 'to'>;

/** Each gives undefined for a period that cannot be written so. */
const WAYS: readonly ((days: Days) => string | undefined)[] = [
  ...['', '%', '-%'].map(
    (end) => (days: Days) => (isYear(days) ? `${yearOf(days)}${end}` : undefined),
  ),
  ...['', '%', '-%'].map(
    (end) => (days: Days) => (isMonth(days) ? `${days.from.slice(0, 7)}${end}` : undefined),
  ),
  ({ from }) => from,
  ({ to }) => to,
  ({ from }) => monthOf(from),
  ({ to }) => monthOf(to),
  ({ from }) => from.slice(0, 7),
  ({ to }) => to.slice(0, 7),
  ({ from }) => from.replaceAll('-', ''),
  ({ to }) => to.replaceAll('-', ''),
  ({ from }) => moved(from, -1),
  ({ to }) => moved(to, 1),
  ({ from }) => `${from} 00:00:00`,
  ({ to }) => `${to} 00:00:00`,
  ({ to }) => `${to} 23:59:59`,
  ({ to }) => `${moved(to, 1)} 00:00:00`,
];

/**
 * What stands in place of a token that writes a period, for another as long; undefined where it does not.
 * @param next the other period
 */
export function rewritten({ kind, value }: SqlToken, old: Days, next: Days): string | undefined {
  if (kind !== 'number' && kind !== 'string') return undefined;
  return WAYS.find((write) => write(old) === value)?.(next);
}

/** Whether two periods are both days, months, quarters, years, or as many months from the first of one on. */
export function isAsLong(one: Days, other: Days): boolean {
  return lengthOf(one) === lengthOf(other);
}

/** Whether every day, month and year of a statement is one that the periods are written by. */
export function writesOnly(tokens: readonly SqlToken[], periods: readonly Days[]): boolean {
  return tokens
    .filter(isOfTime)
    .every((token) => periods.some((period) => rewritten(token, period, period) !== undefined));
}

/** Whether a token may write a period or a part of it. */
function isOfTime({ kind, value }: SqlToken): boolean {
  return (kind === 'number' || kind === 'string') && /^(?:19|20)\d\d(?!\d*\.)/.test(value);
}

const yearOf = ({ from }: Days): string => from.slice(0, 4);
const monthOf = (day: string): string => day.slice(0, 7).replace('-', '');
const isYear = (days: Days): boolean =>
  days.from === `${yearOf(days)}-01-01` && days.to === `${yearOf(days)}-12-31`;
const isMonth = ({ from, to }: Days): boolean =>
  from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && moved(to, 1).endsWith('-01');

function lengthOf({ from, to }: Days): string {
  if (from === to) return 'day';
  if (!from.endsWith('-01') || !moved(to, 1).endsWith('-01')) return `${from} to ${to}`;
  const monthsSince = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return `${monthsSince(to) - monthsSince(from) + 1} months`;
}

function moved(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
