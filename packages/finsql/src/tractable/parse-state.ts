/** What a parse knows while it walks the phrases; each parse has one of its own, and changes it. */
import type { Link } from '../retrieval/context.ts';
import type { Schema } from '../schema/schema.ts';
import { joinDaySpans } from './day-spans.ts';
import {
  isWord,
  type Meaning,
  type NumberMeaning,
  type PeriodGrain,
  type PeriodWord,
  type WordMeaning,
} from './phrase.ts';
import type {
  Both,
  ColumnRef,
  Comparison,
  Condition,
  Group,
  Having,
  Item,
  Measure,
  Order,
  StepKind,
  Steps,
} from './reading.ts';
import { unread } from './unread.ts';

export type Extreme = Extract<WordMeaning, { readonly word: 'extreme' }>;

/** A period that rows are of, before a day of it is known. */
export interface AskedPeriod {
  readonly from: string;
  readonly to: string;
  readonly sign?: '<' | '>' | '>=' | '<=' | undefined;
  /** Whether its last day is meant. */
  readonly ends: boolean;
}

/** What is asked for so far. */
export interface Asked {
  thing?: string;
  shown: Item[];
  conditions: Condition[];
  both?: Both;
  steps?: Steps;
  groups: Group[];
  readonly having: Having[];
  order?: Order | undefined;
  limit?: number | undefined;
  /** The place of the one row that is asked for: `second highest`. */
  place?: number;
  /** Groups in each of which the order and the number of rows hold. */
  firstOf?: readonly Group[];
  readonly tables: string[];
  readonly periods: AskedPeriod[];
  /** `how many` of what is named next. */
  counting: boolean;
  who: boolean;
  /** What else the question begins with. */
  asks?: 'when' | 'where' | 'how-much';
  /** Whether things are asked for, as by `which` and `what`. */
  listed: boolean;
  /** Whether a column is asked for by itself: `which cities`. */
  distinct: boolean;
  implicit: boolean;
  /** Whether it is the groups that are counted. */
  countsGroups?: boolean;
  /** What is asked of the measure of all groups. */
  overGroups?: 'avg';
}

/** What is said and not yet applied, and what has a say in what comes later. */
export interface Said {
  calls: Measure['call'][];
  distinct: boolean;
  grouping: boolean;
  /** Whether the column that rows are ordered by comes next. */
  sorting: boolean;
  /** Whether rows are to be sorted at all. */
  sorts: boolean;
  ordered?: 'descending' | 'ascending';
  /** Whether it is texts that are ordered, `alphabetically`, or days, `newest first`, or ages, `oldest first`. */
  orderOf?: 'texts' | 'days' | 'ages' | 'figures';
  /** Behind the last column that rows are ordered by. */
  sortedAt?: number;
  extreme?: Extreme | undefined;
  /** Whether the extreme is said of things themselves: `the largest invoice`. */
  extremeThing: boolean;
  top?: { readonly descending: boolean } | undefined;
  negated: boolean;
  without: boolean;
  /** How many conditions and periods are said before `both`, or before `but not`. */
  both?: { readonly conditions: number; readonly periods: number; readonly not?: true };
  /** Whether it is said that nothing else is so: 只申购过. */
  only?: boolean;
  /** Whether an amount is said to be that of one row: 单笔. */
  single?: boolean;
  /** Whether what is done is denied of what it is done with: 没买过茶壶. */
  deniedDone?: boolean;
  /** The thing of which there is nothing of what is named next: `but no orders`. */
  absentOf?: string | undefined;
  /** Whether a total was said of a table itself. */
  tableMeasured: boolean;
  /** Whether money is said to change hands. */
  money: boolean;
  /** By what word all columns of the thing are asked for. */
  whole?: 'details' | 'information';
  /** Whether something is said to be paid. */
  paid: boolean;
  /** Whether only what goes on is meant. */
  now: boolean;
  /** Whether what rows are ordered by is shown, too. */
  figure: boolean;
  /** The change from one period to another; with a sign, things are held to it. */
  change?: { inPercent: boolean; readonly sign?: '<' | '>' } | undefined;
  /** Whether it is said from which period a change is. */
  changeFrom?: boolean;
  /** Whether figures are added up from period to period: `cumulative`. */
  running?: boolean;
  /** What is asked of figures from period to period, and of which periods. */
  steps?: { readonly kind: StepKind; readonly kept?: AskedPeriod };
  /** The column whose most or least common value is asked for. */
  commonest?: { readonly column: ColumnRef; readonly descending: boolean };
  /** Whether rows are counted for each of what is shown: `and how many films`. */
  counted?: boolean;
  /** Behind what rows are grouped by. */
  groupedAt?: number;
  /** The table that stands right before a period. */
  dated?: string | undefined;
  /** Whether the mean of counts is asked for. */
  ofCounts?: boolean;
  /** Whether different things are counted. */
  differing?: boolean;
  /** Whether a part of rows in percent of all of them is asked for. */
  share: boolean;
  /** Whether the difference of two columns is asked for. */
  difference?: boolean | undefined;
  /** The column in percent of whose sum it is asked for. */
  shareOf?: ColumnRef;
  /** Whether a figure of a unit is asked for, 多少点, and no number of rows. */
  unitAsked: boolean;
  /** In how many of the plain unit: `in millions`. */
  inSize?: number | undefined;
  /** Whether something is asked for in percent. */
  inPercent: boolean;
  /** Of the conditions, the first that is said of that part; undefined where nothing separates them. */
  partFrom?: number;
  /** Whether things that have nothing are shown, too. */
  withNone?: boolean;
  /** Whether it is asked whose an extreme is. */
  ofWhom?: boolean;
  /** How many conditions and periods are said before `or`. */
  or?: { readonly conditions: number; readonly periods: number };
  /** How many conditions are said before what is asked for, as `active` of `active customers`. */
  beforeThing?: number;
  /** Whether `which` is asked, of several things of a kind. */
  which: boolean;
  /** Whether one row is asked for: `what is the price`. */
  sole?: boolean;
  /** Whether all that are such are asked for: 哪些. */
  many?: boolean;
  sign?: Comparison | undefined;
  /** A number that nothing was said of yet. */
  number?: NumberMeaning | undefined;
  period?: PeriodWord | undefined;
  /** The day that a period is said of. */
  periodOf?: ColumnRef;
  /** The table of which it was said that something is done with its rows. */
  doneIn?: string;
  /** Whether something is asked of each of several: 分别有多少. */
  ofEach?: boolean;
  /** Whether only the year of a day is asked for. */
  askedYear?: boolean;
  eachPeriod?: PeriodGrain;
  /** Whether that is what is asked for: `which month`. */
  whichPeriod: boolean;
  /** Whether months are to be written with their years. */
  fullMonths: boolean;
  /** What a change is from, where only one period is said. */
  fromBefore?: {
    readonly by: 'year' | 'period';
    readonly inPercent: boolean;
    readonly grain?: PeriodGrain;
  };
  /** Of the periods, the one that a change is from. */
  versus?: number;
  /** The column named last. */
  named?: ColumnRef;
  /** What was named last and is compared by what is said behind it. */
  compared?: Item | undefined;
}

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
  if (
    !chinese &&
    meanings.some((one, at) => isMoneyOfRows(one, meanings[at - 1], meanings[at + 1]))
  )
    unread('money of rows');
  // `about 30` is not 30.
  if (meanings.some((one, at) => isAbout(one) && meanings[at + 1]?.kind === 'number')) {
    unread('about so many');
  }
  // What stands between all and their part says nothing elsewhere.
  const isShare = meanings.some((one) => isWord(one, 'share'));
  const saysNothing = (one: Meaning) =>
    isWord(one, 'noise', 'named') || (isWord(one, 'copula') && !isShare);
  const telling = meanings.filter((one) => !saysNothing(one));
  const phrases = joinDaySpans(telling, { schema, chinese });
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
  if (one.kind !== 'number' || !isWord(unit, 'unit')) return one;
  if (unit.counts === true) return { ...one, ofRows: true };
  return unit.money === true ? one : { ...one, inOther: true };
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

function isUnitOfNothing(one: Meaning, before: Meaning | undefined): boolean {
  const isOfNumber = before?.kind === 'number' || isWord(before, 'how-much', 'how-many');
  if (!isWord(one, 'unit')) return false;
  const isAsked = one.period === true && isWord(before, 'which', 'each', 'by');
  if (one.ofPeriod === true) return before?.kind !== 'period';
  return isAsked || (one.behind === true && !isOfNumber);
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
