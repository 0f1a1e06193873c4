/** Days as text, `2024-12-31`, and the periods that they lie in. All of it in UTC: no hour matters here. */

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';

export interface Span {
  /** `several`: no whole period of its own, such as the first three quarters of a year. */
  readonly grain: Grain | 'several';
  /** First and last day. */
  readonly from: string;
  readonly to: string;
}

const MONTHS: Readonly<Record<'month' | 'quarter' | 'half' | 'year', number>> = {
  month: 1,
  quarter: 3,
  half: 6,
  year: 12,
};

/** The `index`-th (from 1) month, quarter or half of a year, or the year itself. */
export function partOfYear(
  year: number,
  grain: 'month' | 'quarter' | 'half' | 'year',
  index = 1,
): Span {
  const months = MONTHS[grain];
  const first = (index - 1) * months;
  return { grain, from: day(year, first, 1), to: day(year, first + months, 0) };
}

/** From the first day of one span to the last day of another; undefined where it ends before it begins. */
export function fromTo({ from }: Span, { to }: Span): Span | undefined {
  return from < to ? { grain: 'several', from, to } : undefined;
}

/** One day; undefined for the 30th of February and the like. */
export function oneDay(year: number, month: number, date: number): Span | undefined {
  const text = day(year, month - 1, date);
  const [, m, d] = text.split('-').map(Number);
  return m === month && d === date ? { grain: 'day', from: text, to: text } : undefined;
}

/** The period of that grain which lies `offset` of them from the one with the reference day. */
export function periodAround(reference: string, grain: Grain, offset: number): Span {
  const [year = 1970, month = 1, date = 1] = reference.split('-').map(Number);
  if (grain === 'day') {
    const text = day(year, month - 1, date + offset);
    return { grain, from: text, to: text };
  }
  if (grain === 'week') {
    const weekday = (new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7;
    const monday = date - weekday + 7 * offset;
    return { grain, from: day(year, month - 1, monday), to: day(year, month - 1, monday + 6) };
  }
  const months = MONTHS[grain];
  const index = Math.floor((12 * year + month - 1) / months) + offset;
  const first = index * months;
  return partOfYear(Math.floor(first / 12), grain, (((first % 12) + 12) % 12) / months + 1);
}

/** The `count` days, weeks, months, quarters, half years or years up to the reference day. */
export function upTo(reference: string, grain: Grain, count: number): Span {
  const [year = 1970, month = 1, date = 1] = reference.split('-').map(Number);
  if (grain === 'day' || grain === 'week') {
    const days = grain === 'day' ? count : 7 * count;
    return { grain, from: day(year, month - 1, date - days + 1), to: reference };
  }
  const begin = 12 * year + month - 1 - MONTHS[grain] * count;
  const last = Number(day(Math.floor(begin / 12), (begin % 12) + 1, 0).slice(8));
  const from = day(Math.floor(begin / 12), begin % 12, Math.min(date, last) + 1);
  return { grain, from, to: reference };
}

function day(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}
