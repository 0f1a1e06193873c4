/** Amounts of rows that come together, and those that are noted of the same thing again and again. */
import { findTable } from '../../schema/schema.ts';
import { wordsOf } from '../columns/name-words.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';

/** What is paid, sold or owed row by row; no pay and no size, of which each row has its own. */
const AMOUNT =
  /^(?:amount|amt|value|premium|commission|fee|cost|revenue|sale|balance|principal|interest|paid|profit|loss|tax|spend|turnover|exposure|hour|quantity|qty)s?$/;

/** Whether the highest of a kind is meant of what its rows come to: the highest market value of sectors. */
export function comesTogether(state: ParseState, ref: ColumnRef): boolean {
  return wordsOf(ref.column).some((word) => AMOUNT.test(word)) && !isNotedByDays(state, ref.table);
}

/** Whether rows of a table tell day by day what there is: a day is part of their key. */
export function isNotedByDays({ schema }: Pick<ParseState, 'schema'>, table: string): boolean {
  const keys = (findTable(schema, table)?.columns ?? []).filter(({ primaryKey }) => primaryKey);
  return keys.length > 1 && keys.some(holdsDays);
}
