/** What a parse knows while it walks the phrases; each parse has one of its own, and changes it. */
import type { Link } from '../../retrieval/context.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import { isDay } from '../columns/schema-columns.ts';
import { joinDaySpans } from '../take/day-spans.ts';
import { withGroupsFirst } from '../take/first-by-size.ts';
import { withOneNoun } from '../take/kinds-of-rows.ts';
import { expectItemsNamed } from '../take/list-items.ts';
import { withOpenNumbers } from '../take/open-numbers.ts';
import type { Asked } from './asked.ts';
import { isWord, type Meaning } from './phrase.ts';
import type { Said } from './said.ts';
import { unread } from './unread.ts';

export interface ParseState {
  /** Without those that say nothing. */
  readonly phrases: readonly Meaning[];
  readonly schema: Schema;
  readonly links: readonly Link[];
  readonly chinese: boolean;
  /** Of the next phrase. */
  at: number;
  readonly asked: Asked;
  readonly said: Said;
}

/**
 * The state before the first phrase.
 * @throws Unread for a unit that no number stands before
 */
export function startParse(
  meanings: readonly Meaning[],
  { schema, links, chinese }: Pick<ParseState, 'schema' | 'links' | 'chinese'>,
): ParseState {
  if (meanings.some((one, at) => isUnitOfNothing(one, meanings[at - 1])))
    unread('a unit of nothing');
  if (chinese) expectItemsNamed(meanings);
  const heard = chinese ? [] : meanings.filter((one) => !isWord(one, 'noise'));
  if (heard.some((one, at) => isUnitShown(one, heard[at - 1]))) unread('a unit of nothing');
  // `by inception year`: a part of the day.
  const isPartOfDay = (one: Meaning, at: number) => {
    const before = heard[at - 1];
    const isPeriod = isWord(one, 'unit') && one.period === true;
    return isPeriod && before?.kind === 'column' && isDay({ schema, chinese }, before);
  };
  if (heard.some(isPartOfDay)) unread('a unit of nothing');
  if (
    !chinese &&
    meanings.some((one, at) => isMoneyOfRows(one, meanings[at - 1], meanings[at + 1]))
  )
    unread('money of rows');
  const isOfCurrency = (one: Meaning, at: number) =>
    isMoneyOfFigure(schema, one, meanings[at - 1], meanings[at + 1]);
  if (!chinese && meanings.some(isOfCurrency)) unread('money of rows');
  // `about 30` is not 30.
  if (meanings.some((one, at) => isAbout(one) && meanings[at + 1]?.kind === 'number')) {
    unread('about so many');
  }
  // What stands between all and their part says nothing elsewhere.
  const isShare = meanings.some((one) => isWord(one, 'share'));
  const saysNothing = (one: Meaning) =>
    isWord(one, 'noise', 'named') || (isWord(one, 'copula') && !isShare);
  const telling = meanings.filter((one) => !saysNothing(one));
  const open = chinese ? telling : withOpenNumbers(telling);
  const ordered = chinese ? open : withGroupsFirst(withOneNoun(open));
  const phrases = joinDaySpans(ordered, { schema, chinese });
  const isSpan = phrases.some((one) => isWord(one, 'since', 'between'));
  const isOfOneDay = phrases.some((one, at) => isOfDays(one, phrases[at - 1]));
  if (!chinese && isOfOneDay && !isSpan) unread('how many days');
  return {
    phrases: phrases.map(withCounter).filter((one) => !isWord(one, 'unit')),
    schema,
    links,
    chinese,
    at: 0,
    asked: {
      shown: [],
      conditions: [],
      groups: [],
      having: [],
      tables: [],
      periods: [],
      counting: false,
      who: false,
      listed: false,
      distinct: false,
      implicit: false,
    },
    said: {
      calls: [],
      distinct: false,
      grouping: false,
      sorting: false,
      sorts: false,
      extremeThing: false,
      negated: false,
      without: false,
      tableMeasured: false,
      money: false,
      paid: false,
      now: false,
      figure: false,
      share: false,
      unitAsked: telling.some(chinese ? isUnitAsked : isMoneyAsked),
      inPercent: false,
      which: false,
      whichPeriod: false,
      fullMonths: false,
    },
  };
}

function isAbout(one: Meaning): boolean {
  return isWord(one, 'preposition') && one.about === true;
}

function isUnitAsked(one: Meaning, at: number, all: readonly Meaning[]): boolean {
  const unit = all[at + 1];
  return isWord(one, 'how-many') && isWord(unit, 'unit') && unit.counts !== true;
}

/** `rewards in dollars`. */
function isMoneyAsked(one: Meaning, at: number, all: readonly Meaning[]): boolean {
  return isWord(one, 'unit') && one.money === true && all[at - 1]?.kind !== 'number';
}

/** 25张 is a number of rows. */
function withCounter(one: Meaning, at: number, all: readonly Meaning[]): Meaning {
  const unit = all[at + 1];
  // `how many dollars`.
  if (isWord(one, 'how-many') && isWord(unit, 'unit') && unit.money === true)
    return { kind: 'word', word: 'how-much', cost: one.cost };
  if (one.kind !== 'number' || !isWord(unit, 'unit')) return one;
  if (unit.counts === true) return { ...one, ofRows: true };
  // `above 100,000 euros`: in the unit that a column is held in; `5,000 in whole currency units`.
  if (unit.money === true) return one.form === 'plain' ? { ...one, form: 'amount' } : one;
  const ofPeople = unit.behind === true && unit.days !== true ? ({ ofPeople: true } as const) : {};
  return { ...one, inOther: true, ...ofPeople, ...(unit.years === true ? { ofYears: true } : {}) };
}

/** `dollar bonds`: of one currency. */
function isMoneyOfRows(
  one: Meaning,
  before: Meaning | undefined,
  next: Meaning | undefined,
): boolean {
  const isOfFigure = before?.kind === 'number' || isWord(before, 'preposition');
  return isWord(one, 'unit') && one.money === true && next?.kind === 'table' && !isOfFigure;
}

/** `euro volume`, where amounts are in several currencies. */
function isMoneyOfFigure(
  schema: Schema,
  one: Meaning,
  before: Meaning | undefined,
  next: Meaning | undefined,
): boolean {
  const isOfFigure = before?.kind === 'number' || isWord(before, 'preposition', 'and');
  if (!isWord(one, 'unit') || !one.money || next?.kind !== 'column' || isOfFigure) return false;
  const columns = findTable(schema, next.table)?.columns ?? [];
  return columns.some(({ name, samples }) => CURRENCY.test(name) && samples.length > 1);
}

/** What the currency of an amount is called. */
const CURRENCY = /(?:^|_)(?:ccy|curr?|currency)(?:_|$)|currency/i;

/** `average number of days buyers take`: of two days of a row, and no column. */
function isOfDays(one: Meaning, before: Meaning | undefined): boolean {
  const isCounted = isWord(before, 'measure') && before.call === 'count';
  return isWord(one, 'unit') && one.days === true && one.hours !== true && isCounted;
}

function isUnitOfNothing(one: Meaning, before: Meaning | undefined): boolean {
  const isOfNumber = before?.kind === 'number' || isWord(before, 'how-much', 'how-many');
  if (!isWord(one, 'unit')) return false;
  const isAsked = one.period === true && isWord(before, 'which', 'each', 'by');
  if (one.ofPeriod === true) return before?.kind !== 'period' && !isWord(before, 'each-period');
  return isAsked || (one.behind === true && !isOfNumber);
}

/** `built before 1980, with the year`, `by fuel and month`: no unit, but a figure or a period. */
function isUnitShown(one: Meaning, before: Meaning | undefined): boolean {
  if (!isWord(one, 'unit')) return false;
  return one.period === true || one.days === true
    ? isWord(before, 'with', 'with-own', 'and')
    : false;
}

/** The next phrases, the nearest first. */
export function ahead({ phrases, at }: ParseState): readonly Meaning[] {
  return phrases.slice(at);
}

/** The phrase before the one that is taken. */
export function behind({ phrases, at }: ParseState): Meaning | undefined {
  return phrases[at - 2];
}

/** Whether an order is said further on: in Chinese, behind what rows are ordered by. */
export function isOrderAhead(state: ParseState): boolean {
  return ahead(state).some((one) =>
    isWord(one, 'top', 'sort', 'descending', 'ascending', 'days-first', 'extreme'),
  );
}

/** Whether rows are to be listed: `which customers`, `list the customers`. */
export function isListing({ asked, phrases }: ParseState): boolean {
  return asked.listed || phrases.some((one) => isWord(one, 'list'));
}

/** How many periods the whole question has. */
export function periodsSaid(state: ParseState): number {
  return state.asked.periods.length + ahead(state).filter(({ kind }) => kind === 'period').length;
}

/** Whether neither a table nor a column was named as what is asked for. */
export function isNothingAsked({ thing, shown }: Asked): boolean {
  return thing === undefined && shown.length === 0;
}

/** Whether the next thing named is denied, which it is then no longer. */
export function takeDenial({ said }: ParseState): boolean {
  const denied = said.negated || said.without;
  said.negated = false;
  said.without = false;
  return denied;
}
