/** What a language must have words for: its module is complete where it has this type. */
import type { Language } from '../language.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import type { Caution, Forbidden, Refusal, Sentences } from './messages.ts';

type Aggregate = 'SUM' | 'AVG' | 'MIN' | 'MAX' | 'COUNT' | 'GROUP_CONCAT';
export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';
export type DatePart = 'year' | 'quarter' | 'month' | 'year and month' | 'day';
export type SetOperation = 'union' | 'union all' | 'intersect' | 'except';

/** What CAST makes of a value. */
export type CastKind = 'whole' | 'decimal' | 'number' | 'text' | 'bytes';

export interface Order {
  readonly value: string;
  readonly descending: boolean;
}

/** The rows that a window function looks at beside each row: all of them where nothing is said. */
interface RowsOfWindow {
  readonly groups: readonly string[];
  readonly orders: readonly Order[];
  /** As written; `''` for none. */
  readonly frame: string;
}

export interface Wording {
  readonly cautions: Sentences<Caution>;
  readonly refusals: Sentences<Refusal>;
  /** Parts of a sentence: what goes into `refused`. */
  readonly forbidden: Sentences<Forbidden>;
  /** @param sql the statement, where the reader did not write it; null where they did */
  refused(reason: string, sql: string | null): string;
  /** What a rule of calibration mends, by its name; `''` for the form of the statement alone. */
  readonly rules: Readonly<Record<string, string>>;
  /** How a rule of dialogue completes a follow-up, by its name. */
  readonly followUps: Readonly<Record<string, string>>;
  /** What a retriever goes by, by its name. */
  readonly retrievers: Readonly<Record<string, string>>;
  /** A table, or a column of one, that a database lacks. */
  readonly lacking: {
    table(name: string): string;
    column(table: string, column: string, others: readonly string[]): string;
    /** @param tables that the database has */
    all(database: string, problems: readonly string[], tables: readonly string[]): string;
  };
  /** What SQLite says against a statement. */
  sqlite(message: string): string;
  readonly statements: StatementWords;
}

/** What window functions give. */
export interface WindowWords {
  among(value: string, rows: RowsOfWindow): string;
  /** An aggregate of the rows before a row and of itself. */
  upToRow(value: string): string;
  /** @param otherwise what stands where there is no such row; a missing value where it is undefined */
  rowBefore(value: string, steps: string, otherwise: string | undefined): string;
  rowAfter(value: string, steps: string, otherwise: string | undefined): string;
  readonly rank: string;
  readonly denseRank: string;
  readonly rowNumber: string;
  /** Which of so many parts of the rows a row is in. */
  equalPart(count: string): string;
}

/** What a statement does: phrases made of the phrases of their parts, and a sentence for each clause. */
export interface StatementWords {
  // Sentences
  reads(tables: readonly string[], keys: readonly string[]): string;
  /**
   * @param sentences of the query
   * @param forEachRow whether it is asked anew for each row of the query around it
   */
  inner(name: string, sentences: readonly string[], forEachRow: boolean): string;
  /** Rows of some tables stay without a match in others. */
  keepsUnmatched(tables: readonly string[], others: readonly string[]): string;
  pairs(tables: readonly string[], others: readonly string[]): string;
  keepsRows(condition: string): string;
  groups(columns: readonly string[]): string;
  keepsGroups(condition: string): string;
  shows(values: readonly string[], distinct: boolean): string;
  units(units: readonly { readonly column: string; readonly unit: string }[]): string;
  /** What the codes of a column that is shown mean. */
  codes(shown: {
    readonly column: string;
    readonly meanings: readonly { readonly code: string; readonly words: string }[];
  }): string;
  sorts(orders: readonly Order[]): string;
  /** @param count 'all': all that are not skipped */
  takes(count: number | 'all', how: { readonly skipped: number; readonly sorted: boolean }): string;
  readonly combines: Readonly<Record<SetOperation, string>>;
  /** Before what is done with the rows that several queries give together. */
  readonly whole: string;

  // Tables
  /** @param alias `''` for none */
  table(name: string, comment: string, alias: string): string;
  readonly innerQuery: string;
  readonly functionRows: string;

  // Values
  /** @param table `''` for those of all tables */
  allColumns(table: string): string;
  /** @param sequence what texts are compared by, in capitals: `NOCASE` */
  collated(value: string, sequence: string): string;
  columnAt(position: string): string;
  readonly missing: string;
  readonly rowCount: string;
  /** An expression without words of its own that can't be written as SQL, either. */
  readonly expression: string;
  named(value: string, name: string): string;
  readonly aggregates: Readonly<Record<Aggregate, (value: string) => string>>;
  different(value: string): string;
  rowsWhere(condition: string): string;
  /** Rows for which a condition is true or false. */
  rowsKnown(condition: string): string;
  shareWhere(condition: string): string;
  onlyWhere(value: string, condition: string): string;
  inCases(
    cases: readonly { readonly condition: string; readonly value: string }[],
    otherwise: string,
  ): string;
  readonly dateParts: Readonly<Record<DatePart, (value: string) => string>>;
  /** @param shifts as SQLite's date() takes them: `'-1 year'`, quotes included */
  today(shifts: readonly string[]): string;
  readonly now: string;
  /** The value that an inner query gives. @param query its name or number; `''` for the only one */
  resultOf(query: string): string;

  readonly casts: Readonly<Record<CastKind, (value: string) => string>>;
  readonly windows: WindowWords;

  // Conditions
  readonly compares: Readonly<Record<Comparison, (left: string, right: string) => string>>;
  /** A value with what it means. */
  coded(value: string, meaning: string): string;
  isMissing(value: string, not: boolean): string;
  /** `= NULL` and the like. */
  neverTrue(value: string): string;
  /** @param pattern as in SQL, quotes included */
  isLike(value: string, pattern: string, not: boolean): string;
  isBetween(value: string, low: string, high: string, not: boolean): string;
  isAmong(value: string, values: readonly string[], not: boolean): string;
  isAmongResults(value: string, query: string, not: boolean): string;
  hasResults(query: string, not: boolean): string;
  /** A column has one value in both tables. */
  isShared(column: string): string;
  /** All columns of one name do. */
  readonly namesakesShared: string;
  both(left: string, right: string): string;
  either(left: string, right: string): string;
  not(condition: string): string;
  /** In parentheses. */
  together(condition: string): string;
}

const WORDINGS: Readonly<Record<Language, Wording>> = { en: english, zh: chinese };

export function wordingOf(language: Language): Wording {
  return WORDINGS[language];
}
