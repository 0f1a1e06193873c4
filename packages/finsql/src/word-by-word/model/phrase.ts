/** What a stretch of a question may stand for. */
import type { Word } from '../words/word.ts';
import type { ColumnRef, Step } from './reading.ts';

interface Costly {
  /** 0: said in full, as it is named or stored. */
  readonly cost: number;
}

interface OfColumn extends Costly {
  readonly table: string;
  readonly column: string;
}

export interface TableMeaning extends Costly {
  readonly kind: 'table';
  readonly table: string;
  /** Whether it is said by what is done with its rows: 买 for orders. */
  readonly done?: true;
  /** Whether it says what the table behind it is of: `room bookings`. */
  readonly before?: string;
  /** Whether its rows are said by how much they are: `revenue`. */
  readonly mass?: true;
  /** Whether its rows are called by what is done with them, `payments`, and may be so many, or so much. */
  readonly byDoing?: true;
  /** Whether it stands in a list of what is to be shown. */
  readonly listed?: true;
  /** Whether one of its rows is said, behind a mean: `average pledge`. */
  readonly singular?: true;
  /** Whether its rows, which are lines, are said by what they are lines of. */
  readonly asDocument?: true;
  /** The table with a column that calls its rows so: projects, for 项目经理 of employees. */
  readonly role?: string;
  /** What is the most where it is done most: 花钱最多 the money, 下单最多 the rows. */
  readonly most?: 'sum' | 'count';
}

export interface ColumnMeaning extends OfColumn {
  readonly kind: 'column';
  /** A column that it is multiplied with. */
  readonly times?: string;
  /** A column that is taken off it, and a figure that it is divided by: (revenue - cost) / revenue. */
  readonly minus?: string;
  readonly over?: ColumnRef;
  readonly ofSums?: true;
  /** Whether it is in percent of that figure. */
  readonly percent?: boolean;
  /** How many of its units are one of those that are asked for: 60 of minutes in hours. */
  readonly per?: number;
  /** What else is done to it. */
  readonly steps?: readonly Step[];
  /** A later day of the row: the days from the one to the other. */
  readonly until?: string;
  readonly inHours?: boolean;
  /** Whether it is told by a formula behind the name that the question gives it. */
  readonly told?: true;
  /** Whether its figures are meant added up: 销售额. */
  readonly total?: true;
  /** Whether it is said with the things that it tells the kinds of: 各类药品. */
  readonly ofThings?: true;
  /** Whether it is said by what people in it do: `manages` for manager. */
  readonly agent?: true;
  /** Whether it is said by what the rows that it refers to are: `manager` for manager_id. */
  readonly role?: true;
  /** Whether it is said by what is done on its days: `hired` for hire_date, 签 for 签订日期. */
  readonly done?: true;
}

/** What people are called by where first and last name are apart: `full name`. */
export interface NamesMeaning extends Costly {
  readonly kind: 'names';
  readonly table: string;
}

/** A day that holds nothing before something is done, said of that: `paid invoices`; `not`: `unpaid invoices`. */
export interface StoredMeaning extends OfColumn {
  readonly kind: 'stored';
  readonly not: boolean;
  /** Whether it says that something goes on until then: `active subscriptions`. */
  readonly goesOn?: true;
}

/** What is said of a column's figures against 0: `overdrawn accounts`. */
export interface PropertyMeaning extends OfColumn {
  readonly kind: 'property';
  readonly sign: '<' | '>' | '=' | '<>';
  /** A column that is taken off its own: 欠缴的出资人. */
  readonly minus?: string;
}

/** A day on which something is done against that on which it is due: `delivered late`, `paid on time`. */
export interface LateMeaning extends OfColumn {
  readonly kind: 'late';
  readonly due: string;
  /** The table of that day; that of the other where none is said. */
  readonly dueOf?: string;
  /** Whether no verb is said: of the rows that are asked for alone. */
  readonly bare: boolean;
  readonly sign: '>' | '<=';
}

/** A column of yes and no, said as a property: `state-owned companies`. */
export interface FlagMeaning extends OfColumn {
  readonly kind: 'flag';
  readonly plural?: true;
}

export interface ValueMeaning extends OfColumn {
  readonly kind: 'value';
  /** Whether it is said of rows in the plural: `downgrades`. */
  readonly plural?: true;
  readonly value: string;
  /** Others that are meant as well: 次级, 可疑 and 损失 of 不良. */
  readonly also?: readonly string[];
  /** Whether it is said of all others: `decided` of what is not pending. */
  readonly denied?: true;
}

/** Texts of which a column is to hold one, or all, in some place: `contains "tea"`, `starts with T`. */
export interface PatternMeaning extends Costly {
  readonly kind: 'pattern';
  readonly place: 'within' | 'start' | 'end';
  readonly texts: readonly string[];
  readonly all: boolean;
  /** Whether it may be a stored value as well: then it is of a column that is named before it. */
  readonly isValue: boolean;
}

export interface NumberMeaning extends Costly {
  readonly kind: 'number';
  readonly value: number;
  readonly form: 'plain' | 'amount' | 'percentage';
  /** Whether it is in a unit that is no money: `30 days`. */
  readonly inOther?: true;
  /** Whether it is of years: `a three year term`. */
  readonly ofYears?: true;
  /** Whether it is of people: 四人. */
  readonly ofPeople?: true;
  /** Whether it is of rows: 25张. */
  readonly ofRows?: boolean;
}

export interface PeriodMeaning extends Costly {
  readonly kind: 'period';
  readonly from: string;
  readonly to: string;
}

export type WordMeaning = { readonly kind: 'word' } & Costly & Word;

export type Meaning =
  | TableMeaning
  | ColumnMeaning
  | NamesMeaning
  | StoredMeaning
  | PropertyMeaning
  | LateMeaning
  | FlagMeaning
  | ValueMeaning
  | PatternMeaning
  | NumberMeaning
  | PeriodMeaning
  | WordMeaning;

/** A stretch of the question with all that it may mean. */
export interface Phrase {
  readonly from: number;
  readonly to: number;
  readonly meanings: readonly Meaning[];
}

/** Whether a phrase is one of the words. */
export function isWord<Name extends Word['word']>(
  meaning: Meaning | undefined,
  ...names: readonly Name[]
): meaning is WordMeaning & { readonly word: Name } {
  return meaning?.kind === 'word' && (names as readonly string[]).includes(meaning.word);
}

/** A column as something said names it. */
export type NamedColumn = Omit<ColumnMeaning, 'kind' | 'cost'>;

/** The column that a phrase names, with what is done to it. */
export function refOf(named: NamedColumn): ColumnRef {
  const { table, column, times, minus, over, ofSums, percent, per, steps, until, inHours } = named;
  return {
    ...{ table, column },
    ...(times === undefined ? {} : { times }),
    ...(minus === undefined ? {} : { minus }),
    ...(over === undefined ? {} : { over }),
    ...(ofSums ? { ofSums } : {}),
    ...(percent ? { percent } : {}),
    ...(per === undefined ? {} : { per }),
    ...(steps === undefined ? {} : { steps }),
    ...(until === undefined ? {} : { until }),
    ...(inHours ? { inHours } : {}),
  };
}
