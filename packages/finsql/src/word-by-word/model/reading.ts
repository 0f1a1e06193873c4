/**
 * What a question asks for, free of any language and of SQL: the columns shown, the conditions, groups,
 * order and number of rows. Column references are by stored names.
 */
import { isDeepStrictEqual } from 'node:util';
import { fold } from '../../schema/schema.ts';

export type DayPart = 'year' | 'quarter' | 'month' | 'day' | 'quarter-of-year' | 'month-of-year';

/** What is done to a figure with a column of the same row, or of the one that the row belongs to, or with a number. */
export interface Step {
  readonly sign: '+' | '-' | '*';
  readonly by: StepColumn | number;
}

export interface StepColumn {
  readonly table: string;
  readonly column: string;
  /** How many of its units are one of the figure's: 100 of percent, or of cents beside dollars. */
  readonly per?: number;
  /** Whether it is what is left of 1: `after a haircut` of 0.2 are 0.8. */
  readonly left?: true;
}

/** In the place of a column's name: all that a table has. */
export const EVERY_COLUMN = '*';

export interface ColumnRef {
  readonly table: string;
  readonly column: string;
  /** What is done to it, one after the other: + tax, - refund. */
  readonly steps?: readonly Step[];
  /** Of a day, the year, the quarter or month with its year, or that of a year that is said; of a time its day. */
  readonly part?: DayPart;
  /** A column of the same row that it is multiplied with: quantity × price. */
  readonly times?: string;
  /** A column of the same row that is taken off it: price - cost. */
  readonly minus?: string;
  /** Another figure of the same row that it is divided by: net profit / revenue. */
  readonly over?: ColumnRef;
  /** Whether such a quotient is, of many rows, one of sums: `cost per click`. */
  readonly ofSums?: true;
  /** Whether such a quotient is shown in percent. */
  readonly percent?: boolean;
  /** Of a day, another of the same row: the days from the one to the other. */
  readonly until?: string;
  /** Whether the hours are meant, and not the days. */
  readonly inHours?: boolean;
  /** How many of the column's units are one of those that are asked for: cents in dollars. */
  readonly per?: number;
}

/** Of a column, or a count of a table's rows. */
export interface Measure {
  /** `range`: from the least to the most. */
  readonly call: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'range';
  readonly of?: ColumnRef;
  readonly rows?: string;
  readonly distinct?: boolean;
  /** In percent of all rows: of those that meet the conditions; of each group where there are none. */
  readonly inPercent?: readonly ColumnCondition[];
  /** In percent of the sum of another column of the same rows. */
  readonly percentOf?: ColumnRef;
  /** For one of the sum of another figure of the same rows: `cost per click`. */
  readonly perOf?: ColumnRef;
  readonly change?: Change;
  /** Of those rows alone that meet the conditions. */
  readonly heldTo?: readonly ColumnCondition[];
}

/** From the rows of one period to those of another: a difference, or that in percent of the first. */
export interface Change {
  readonly from: ColumnCondition;
  readonly to: ColumnCondition;
  readonly inPercent: boolean;
}

export type Item = ColumnRef | Measure;

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A text that a column holds. */
export interface HeldText {
  readonly column: string;
  readonly value: string;
}

export type Condition =
  | {
      readonly kind: 'compare';
      readonly column: ColumnRef;
      readonly sign: Comparison;
      readonly value: string | number;
    }
  | {
      readonly kind: 'among';
      readonly column: ColumnRef;
      readonly values: readonly string[];
      readonly not: boolean;
      /** Said with `and`: of rows of another table, one may be one and another the other. */
      readonly all: boolean;
    }
  | {
      readonly kind: 'between';
      readonly column: ColumnRef;
      readonly from: string | number;
      readonly to: string | number;
    }
  /** Of times: from a day on, before another. */
  | {
      readonly kind: 'within';
      readonly column: ColumnRef;
      readonly from: string;
      readonly before: string;
    }
  /** Holds one of some texts in a place. */
  | {
      readonly kind: 'like';
      readonly column: ColumnRef;
      readonly place: 'within' | 'start' | 'end';
      readonly texts: readonly string[];
      readonly not: boolean;
    }
  /** The greatest or the least of its table: `in the stadium with the highest capacity`. */
  | { readonly kind: 'peak'; readonly column: ColumnRef; readonly call: 'max' | 'min' }
  /** Against the mean over all rows of the column's table; `per`: over those that are the same in that column. */
  | {
      readonly kind: 'mean';
      readonly column: ColumnRef;
      readonly sign: Comparison;
      /** Against so many times the mean. */
      readonly factor?: number;
      readonly per?: string;
      /** Over those rows alone. */
      readonly heldTo?: readonly ColumnCondition[];
    }
  /** Against another column of the row, or of the row that it belongs to: `paid after the due date`. */
  | {
      readonly kind: 'columns';
      readonly column: ColumnRef;
      readonly sign: Comparison;
      readonly other: ColumnRef;
    }
  /** Against the same column of the row that another column refers to: `earn more than their manager`. */
  | {
      readonly kind: 'above';
      readonly column: ColumnRef;
      readonly sign: Comparison;
      readonly by: string;
      readonly key: string;
    }
  /** Whether the row of the same table that the column refers to is such: `report to the director`. */
  | {
      readonly kind: 'refers';
      readonly column: ColumnRef;
      readonly key: string;
      /** What that row holds: its name, or both names of a person. */
      readonly held: readonly HeldText[];
    }
  /** One of some conditions, all of them on columns of one table. */
  | {
      readonly kind: 'any';
      readonly column: ColumnRef;
      readonly conditions: readonly ColumnCondition[];
    }
  /** All of some conditions on columns of one table: of a year and of a quarter of it. */
  | {
      readonly kind: 'all';
      readonly column: ColumnRef;
      readonly conditions: readonly ColumnCondition[];
    }
  /** Whether the column holds anything. */
  | { readonly kind: 'stored'; readonly column: ColumnRef; readonly not: boolean }
  /** Things without any row of a table; `of`: things of that table, whatever else is joined to them. */
  | { readonly kind: 'without'; readonly table: string; readonly of?: string };

/** A condition on the rows themselves. */
export type ColumnCondition = Exclude<Condition, { readonly kind: 'without' }>;

/** A column that rows are grouped by; of things, what they are called by, and then things of one name stay apart. */
export interface Group extends ColumnRef {
  readonly isThing: boolean;
}

export interface Order {
  readonly by: Item;
  readonly descending: boolean;
  /** What rows that are the same in that are ordered by. */
  readonly thenBy?: readonly ColumnRef[];
}

/** A condition on a measure of groups. */
export interface Having {
  readonly measure: Measure;
  readonly sign: Comparison;
  readonly value: number | MeanOfAll | MeanOfCounts;
}

/** The mean of a column over all rows of its table, or so many times that. */
export interface MeanOfAll {
  readonly meanOf: ColumnRef;
  readonly factor?: number;
}

/** A figure against that of the period before, in percent of that, or all up to it. */
export type StepKind = 'change' | 'percent' | 'running';

/** What is shown of a figure from period to period. */
export interface Steps {
  /** The periods. */
  readonly by: Group;
  readonly figure: Measure;
  readonly kind: StepKind;
  /** Only periods whose change is above or below 0. */
  readonly sign?: '<' | '>';
  /** The first and the last period that are shown, as the groups hold them. */
  readonly kept?: readonly [string | number, string | number];
}

/** The mean of how many rows of a table have the same in a column. */
export interface MeanOfCounts {
  readonly countsOf: string;
  readonly by: string;
}

/** Conditions each of which is met by some of the rows of what is shown, and those that none of them meets. */
export interface Both {
  readonly met: readonly ColumnCondition[];
  readonly unmet: readonly ColumnCondition[];
  /** Whether by rows of one thing; else of things that are the same in what is shown. */
  readonly ofThings: boolean;
}

export interface Reading {
  /** The table whose rows are asked for or counted. */
  readonly thing: string;
  readonly shown: readonly Item[];
  readonly conditions: readonly Condition[];
  readonly groups: readonly Group[];
  readonly having: readonly Having[];
  readonly order?: Order | undefined;
  readonly limit?: number | undefined;
  /** How many rows are left out before the first. */
  readonly offset?: number | undefined;
  /** Groups in each of which the order and the number of rows hold. */
  readonly firstOf?: readonly Group[] | undefined;
  /** Whether the groups are the shown columns, without a word for it: then each is to have many rows. */
  readonly implicit: boolean;
  readonly both?: Both | undefined;
  readonly steps?: Steps | undefined;
  /** Whether things without any of the rows that are measured are shown, too. */
  readonly withNone?: boolean;
  /** Whether it is the groups that are counted, and nothing of them is shown. */
  readonly countsGroups: boolean;
  /** What is asked of the measure of all groups: how many rows they have on average. */
  readonly overGroups?: 'avg' | undefined;
  /** Whether each row is to be shown once. */
  readonly distinct: boolean;
  /** Tables that are named and need not give a column. */
  readonly tables: readonly string[];
}

export function isMeasure(item: Item): item is Measure {
  return 'call' in item;
}

/** The column that is shown or measured; undefined where rows are counted. */
export function columnIn(item: Item): ColumnRef | undefined {
  return isMeasure(item) ? item.of : item;
}

/** The columns that an item needs beside its own: those of the conditions on its part, and what it is for one of. */
export function columnsOfPart(item: Item): ColumnRef[] {
  if (!isMeasure(item)) return [];
  const { inPercent = [], heldTo = [], change, perOf } = item;
  const compared = change === undefined ? [] : [change.from, change.to];
  const columns = [...inPercent, ...heldTo, ...compared].map(({ column }) => column);
  return perOf === undefined ? columns : [...columns, perOf];
}

/** Whether a table is the one of that name. */
export function isTable(named: string | undefined, table: string): boolean {
  return named !== undefined && fold(named) === fold(table);
}

/** The column that a condition is on; undefined where it is on rows of another table. */
export function columnOn(condition: Condition): ColumnRef | undefined {
  return condition.kind === 'without' ? undefined : condition.column;
}

export function isSameColumn(a: ColumnRef, b: ColumnRef): boolean {
  const isColumn = fold(a.table) === fold(b.table) && fold(a.column) === fold(b.column);
  const isOneFigure =
    a.times === b.times &&
    a.minus === b.minus &&
    isDeepStrictEqual(a.over, b.over) &&
    isDeepStrictEqual(a.steps, b.steps);
  return isColumn && isOneFigure && a.until === b.until;
}

/** The tables that a figure is of, its own first. */
export function tablesOfFigure({ table, steps = [], over }: ColumnRef): string[] {
  const others = steps.flatMap(({ by }) => (typeof by === 'number' ? [] : by.table));
  return [table, ...others, ...(over === undefined ? [] : tablesOfFigure(over))];
}

/** Whether the rows are those where the column is one value. */
export function isHeld(column: ColumnRef, conditions: readonly Condition[]): boolean {
  return conditions.some(
    (one) => one.kind === 'compare' && one.sign === '=' && isSameColumn(one.column, column),
  );
}
