/** What is said around what is asked for, and waits to be applied. */
import type { PeriodGrain, PeriodWord } from '../words/word.ts';
import type { AskedPeriod } from './asked.ts';
import type { NumberMeaning, WordMeaning } from './phrase.ts';
import type { ColumnRef, Comparison, Item, Measure, StepKind } from './reading.ts';

export type Extreme = Extract<WordMeaning, { readonly word: 'extreme' }>;

/** What is said and not yet applied, and what has a say in what comes later. */
export interface Said {
  calls: Measure['call'][];
  /** How much each row counts in the mean that is said. */
  weight?: ColumnRef | undefined;
  distinct: boolean;
  grouping: boolean;
  /** Whether the column that rows are ordered by comes next. */
  sorting: boolean;
  /** Whether rows are to be sorted at all. */
  sorts: boolean;
  ordered?: 'descending' | 'ascending';
  /** Whether it is texts that are ordered, `alphabetically`, or days, `newest first`, or ages, `oldest first`. */
  orderOf?: 'texts' | 'days' | 'ages' | 'figures';
  /** By which measure: `most frequent first` by the count. */
  orderMeasure?: 'count' | 'sum';
  /** Behind the last column that rows are ordered by. */
  sortedAt?: number;
  extreme?: Extreme | undefined;
  /** Whether the extreme is said of things themselves: `the largest invoice`. */
  extremeThing: boolean;
  top?: { readonly descending: boolean; readonly paid?: true } | undefined;
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
  /** Whether it is said to be owed. */
  owed?: boolean;
  /** By what word all columns of the thing are asked for. */
  whole?: 'details' | 'information';
  /** Whether something is said to be paid. */
  paid: boolean;
  /** Whether only what goes on is meant. */
  now: boolean;
  /** Whether it is told of the rows themselves what goes on. */
  goesOn?: boolean;
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
  /** The table of the figure right behind a period. */
  figureDated?: string | undefined;
  /** Whether the mean of counts is asked for. */
  ofCounts?: boolean;
  /** Whether different things are counted. */
  differing?: boolean;
  /** Whether a part of rows in percent of all of them is asked for. */
  share: boolean;
  /** How many conditions are said before those of a part of the rows that are counted: `how many of them are closed`. */
  part?: number;
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
  /** How many conditions and figures are said before a part of what is asked for: 其中. */
  ofThose?: { readonly conditions: number; readonly shown: number; readonly at: number };
  /** Of the conditions, the one whose rows a rate is of. */
  rateOf?: number;
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
  /** What kinds are compared, `retail versus wholesale`; no values: a kind against all others. */
  kinds?: { readonly column: ColumnRef; readonly values: readonly string[] } | undefined;
  /** Whether figures are to stand side by side. */
  apart?: boolean;
  /** Whether a change stands beside the figures that it is of. */
  changeBeside?: boolean;
  /** Of the periods, the one that a change is from. */
  versus?: number;
  /** The column named last. */
  named?: ColumnRef;
  /** What was named last and is compared by what is said behind it. */
  compared?: Item | undefined;
}
