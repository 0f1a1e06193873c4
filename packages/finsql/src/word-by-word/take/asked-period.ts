/** Periods as conditions and groups, of the day or year that they are said of. */
import { hasCompactDays } from '../../calibrate/date-forms.ts';
import { periodAround } from '../../retrieval/quantities/calendar.ts';
import { findTable } from '../../schema/schema.ts';
import { namesakeOf } from '../columns/namesake-figures.ts';
import { type Quarters, quartersOf } from '../columns/quarter-numbers.ts';
import {
  columnOf,
  isDay,
  isMonth,
  isMonthNumber,
  isTime,
  quarterSign,
} from '../columns/schema-columns.ts';
import type { AskedPeriod } from '../model/asked.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnCondition, ColumnRef, Condition, Group } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { PeriodGrain } from '../words/word.ts';
import { dayOf } from './day-of-period.ts';
/** @throws Unread where nothing tells the day, and for months of a column that holds years */
export function periodCondition(state: ParseState, thing: string, period: AskedPeriod): Condition {
  const column = dayOf(state, thing);
  if (isMonth(state, column)) {
    const { from, to } = monthsOf(period);
    return spanCondition(column, from, to, period);
  }
  if (isMonthNumber(state, column)) {
    const { from, to } = monthsOf(period);
    return spanCondition(column, monthNumber(from), monthNumber(to), period);
  }
  const quarter = quarterWriter(state, column);
  if (quarter !== undefined) {
    const isWhole = isWholeQuarters(period);
    if (!isWhole) unread('part of a quarter');
    return spanCondition(column, quarter(period.from), quarter(period.to), period);
  }
  if (isTime(state, column)) return timeCondition(column, period);
  if (isDay(state, column)) return dayCondition(state, column, period);
  return yearCondition(state, column, period);
}

/** 截至: what is noted of each thing day by day is meant as it stood on the last. */
function dayCondition(state: ParseState, column: ColumnRef, period: AskedPeriod): ColumnCondition {
  const keys = findTable(state.schema, column.table)?.columns.filter((one) => one.primaryKey) ?? [];
  const isOfKey = keys.length > 1 && keys.some(({ name }) => name === column.column);
  const isNoted = isOfKey || areBalances(state, column.table);
  if (period.ends && !isNoted && !areNotedDays(state, column)) unread('what ends then');
  const isAsOf = isOfKey && period.sign === '<=';
  const { from, to } = period;
  return spanCondition(column, from, to, isAsOf ? { sign: undefined, ends: true } : period);
}

/** `at the end of May`, of a table of closing balances. */
function areBalances({ schema, chinese }: ParseState, name: string): boolean {
  const table = findTable(schema, name);
  return !chinese && table !== undefined && namesakeOf(table) !== undefined;
}

/** Whether a column may hold the days on which something is noted, which are often the last of their months. */
function areNotedDays(state: ParseState, column: ColumnRef): boolean {
  const samples = columnOf(state, column)?.samples ?? [];
  // 20241231 as 2024-12-31.
  const days = samples.map((day) => day.replace(/^((?:19|20)\d\d)(\d\d)(\d\d)$/, '$1-$2-$3'));
  const isLast = (day: string) => /^\d{4}-\d\d-\d\d/.test(day) && dayAfter(day).endsWith('-01');
  const areDays = days.every((day) => /^\d{4}-\d\d-\d\d/.test(day));
  return !areDays || days.some(isLast);
}

/** A day is over when the next begins: its times come behind it as texts. */
function timeCondition(column: ColumnRef, { from, to, sign, ends }: AskedPeriod): Condition {
  const next = dayAfter(to);
  switch (sign) {
    case undefined:
      return { kind: 'within', column, from: ends ? to : from, before: next };
    case '<':
    case '>=':
      return { kind: 'compare', column, sign, value: from };
    case '<=':
      return { kind: 'compare', column, sign: '<', value: next };
    case '>':
      return { kind: 'compare', column, sign: '>=', value: next };
  }
}

function dayAfter(day: string): string {
  return periodAround(day, 'day', 1).from;
}

/** Of days, months or years as a column holds them. */
function spanCondition(
  column: ColumnRef,
  from: string | number,
  to: string | number,
  { sign, ends }: Pick<AskedPeriod, 'sign' | 'ends'>,
): ColumnCondition {
  if (sign !== undefined) {
    return { kind: 'compare', column, sign, value: fromStart(sign) ? from : to };
  }
  if (ends || from === to) return { kind: 'compare', column, sign: '=', value: to };
  return { kind: 'between', column, from, to };
}

/** How a column of quarters writes that of a day; undefined for other columns. */
function quarterWriter(state: ParseState, ref: ColumnRef): ((day: string) => string) | undefined {
  const column = columnOf(state, ref);
  const sign = column && quarterSign(column);
  if (sign === undefined) return undefined;
  return (day) => `${yearOf(day)}${sign}${quarterIn(day)}`;
}

function quarterIn(day: string): number {
  return Math.ceil(Number(day.slice(5, 7)) / 3);
}

function isWholeQuarters({ from, to }: Pick<AskedPeriod, 'from' | 'to'>): boolean {
  const [first, last] = [periodAround(from, 'quarter', 0), periodAround(to, 'quarter', 0)];
  return first.from === from && last.to === to;
}

/** As a column of months writes it, `2024-03`. @throws Unread for a part of a month */
function monthsOf({ from, to }: AskedPeriod): Pick<AskedPeriod, 'from' | 'to'> {
  const isWhole = from.endsWith('-01') && dayAfter(to).endsWith('-01');
  if (!isWhole) unread('part of a month');
  return { from: from.slice(0, 7), to: to.slice(0, 7) };
}

/** Of whole years, at whose end they are what they are in them; of their quarters where those stand beside. */
function yearCondition(state: ParseState, column: ColumnRef, period: AskedPeriod): Condition {
  const { from, to, sign, ends } = period;
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) {
    return spanCondition(column, yearOf(from), yearOf(to), { sign, ends: false });
  }
  const quarters = quartersBeside(state, column);
  const isOfOneYear = yearOf(from) === yearOf(to) && isWholeQuarters(period);
  if (quarters === undefined || !isOfOneYear || sign !== undefined) return unread('part of a year');
  const year = spanCondition(column, yearOf(from), yearOf(to), { sign: undefined, ends: false });
  const of = { table: column.table, column: quarters.column };
  const [first, last] = [quarters.of(quarterIn(from)), quarters.of(quarterIn(to))];
  const held = spanCondition(of, first, last, { sign: undefined, ends });
  return { kind: 'all', column, conditions: [year, held] };
}

/** The quarters that stand beside the years of a table. */
function quartersBeside(
  { schema }: ParseState,
  { table, column }: ColumnRef,
): Quarters | undefined {
  const found = findTable(schema, table);
  const quarters = found && quartersOf(found);
  return quarters?.year === column ? quarters : undefined;
}

/** Whether a period is compared by its first day: `before 2020`, `since 2020`. */
function fromStart(sign: AskedPeriod['sign']): boolean {
  return sign === '<' || sign === '>=';
}

/** 2024-03 as 202403. */
export function monthNumber(month: string): number {
  return Number(month.replace('-', ''));
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/**
 * `per month`: within one year its months, else months with their years, as are those of 20240315.
 * @throws Unread where nothing tells the day, and for parts of a column that holds years or months
 */
export function periodGroups(state: ParseState, thing: string, grain: PeriodGrain): Group[] {
  const column = dayOf(state, thing);
  const quarters = grain === 'quarter' ? quartersBeside(state, column) : undefined;
  if (quarters === undefined) return [periodGroup(state, column, grain)];
  const year = isOfOneYear(state) ? [] : [{ ...column, isThing: false }];
  return [...year, { table: column.table, column: quarters.column, isThing: false }];
}

function periodGroup(state: ParseState, column: ColumnRef, grain: PeriodGrain): Group {
  if (isMonth(state, column) && grain === 'month') return { ...column, isThing: false };
  if (isMonthNumber(state, column)) {
    if (grain !== 'month') unread('years of months');
    return { ...column, isThing: false };
  }
  if (quarterWriter(state, column) !== undefined) {
    if (grain !== 'quarter') unread('years of quarters');
    return { ...column, isThing: false };
  }
  if (!isDay(state, column)) {
    if (grain !== 'year' || isMonth(state, column)) unread('months of a year');
    return { ...column, isThing: false };
  }
  if (grain === 'day') return dayGroup(state, column);
  // 202403 is what such days begin with.
  const own = columnOf(state, column);
  const isBeginning = grain === 'month' && own !== undefined && hasCompactDays(own);
  // 2025年每个月: with its year, as such lists are written in Chinese; 哪个月 is the month alone.
  const isWhole = state.chinese && grain === 'month' && !state.said.whichPeriod;
  const isPart = grain !== 'year' && !isBeginning && !isWhole && isOfOneYear(state);
  const part = isPart ? (`${grain}-of-year` as const) : grain;
  return { ...column, part, isThing: false };
}

/** Rows of one day, whatever time of it each of them is of. */
function dayGroup(state: ParseState, column: ColumnRef): Group {
  return { ...column, ...(isTime(state, column) ? { part: 'day' } : {}), isThing: false };
}

/** Whether all that is asked for is of one year, which need not be said of each month then. */
function isOfOneYear({ asked, said }: ParseState): boolean {
  const [period, ...more] = asked.periods;
  return (
    period !== undefined &&
    more.length === 0 &&
    period.sign === undefined &&
    yearOf(period.from) === yearOf(period.to) &&
    !said.fullMonths
  );
}
