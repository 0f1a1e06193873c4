/** Periods as conditions and groups, of the day or year that they are said of. */
import { type Column, findTable } from '../schema/schema.ts';
import type { AskedPeriod, ParseState } from './parse-state.ts';
import { type ColumnRef, type Condition, columnIn, columnOn, type Group } from './reading.ts';
import { isDay } from './schema-columns.ts';
import { unread } from './unread.ts';

/** @throws Unread where nothing tells the day, and for months of a column that holds years */
export function periodCondition(state: ParseState, thing: string, period: AskedPeriod): Condition {
  const column = dayOf(state, thing);
  if (!isDay(state, column)) return yearCondition(column, period);
  const { from, to, sign, ends } = period;
  if (sign !== undefined) {
    return { kind: 'compare', column, sign, value: fromStart(sign) ? from : to };
  }
  if (ends || from === to) return { kind: 'compare', column, sign: '=', value: to };
  return { kind: 'between', column, from, to };
}

function yearCondition(column: ColumnRef, { from, to, sign }: AskedPeriod): Condition {
  if (!from.endsWith('-01-01') || !to.endsWith('-12-31')) unread('part of a year');
  const [first, last] = [yearOf(from), yearOf(to)];
  if (sign !== undefined) {
    return { kind: 'compare', column, sign, value: fromStart(sign) ? first : last };
  }
  if (first === last) return { kind: 'compare', column, sign: '=', value: first };
  return { kind: 'between', column, from: first, to: last };
}

/** Whether a period is compared by its first day: `before 2020`, `since 2020`. */
function fromStart(sign: AskedPeriod['sign']): boolean {
  return sign === '<' || sign === '>=';
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/**
 * `per month`: within one year its months, else months with their years.
 * @throws Unread where nothing tells the day, and for months of a column that holds years
 */
export function periodGroup(state: ParseState, thing: string, grain: 'year' | 'month'): Group {
  const column = dayOf(state, thing);
  if (!isDay(state, column)) {
    if (grain === 'month') unread('months of a year');
    return { ...column, isThing: false };
  }
  const [period, ...more] = state.asked.periods;
  const isOneYear =
    period !== undefined &&
    more.length === 0 &&
    period.sign === undefined &&
    yearOf(period.from) === yearOf(period.to);
  const part = grain === 'month' && isOneYear ? 'month-of-year' : grain;
  return { ...column, part, isThing: false };
}

/** The day or year that is named, or the one of what is shown, ordered by, held, or asked for. */
function dayOf(state: ParseState, thing: string): ColumnRef {
  const { asked, said } = state;
  if (said.periodOf !== undefined) return said.periodOf;
  if (said.named !== undefined && isDay(state, said.named)) return said.named;
  const refs = [
    ...asked.shown.map(columnIn),
    asked.order && columnIn(asked.order.by),
    ...asked.conditions.map(columnOn),
  ];
  // `customers without orders in 2021`: what there is none of comes first.
  const absent = asked.conditions.flatMap((one) => (one.kind === 'without' ? one.table : []));
  const tables = [...absent, ...refs.flatMap((ref) => ref?.table ?? []), thing, ...asked.tables];
  for (const table of new Set(tables)) {
    const [only, ...more] = (findTable(state.schema, table)?.columns ?? []).filter(isDayOrYear);
    if (more.length > 0) unread('several days');
    if (only !== undefined) return { table, column: only.name };
  }
  return unread('no day');
}

function isDayOrYear({ kind, name }: Column): boolean {
  return kind === 'date' || (/(?:^|_)year$|年度?$/i.test(name) && kind !== 'text');
}
