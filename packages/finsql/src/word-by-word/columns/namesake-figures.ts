/** Figures that their table is called by: the closing price of `closing_prices`, rate_to_cny of `exchange_rate`. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import type { ColumnRef } from '../model/reading.ts';
import { tableWords, wordsOf } from './name-words.ts';

const FIGURE = /^(?:price|rate|balance|value|score|budget|quote|valuation)$/;

/** The one figure of a table of figures that has the name of its rows; undefined where there is none, or several. */
export function namesakeOf({ name, columns }: Table): Column | undefined {
  const head = singular(tableWords(name).at(-1) ?? '');
  if (!FIGURE.test(head)) return undefined;
  const called = columns.filter(
    (column) =>
      isNumber(column) && wordsOf(column.name).includes(head) && !/_?id$/i.test(column.name),
  );
  const ending = called.filter((column) => wordsOf(column.name).at(-1) === head);
  const [figure, ...others] = ending.length > 0 ? ending : called;
  return others.length === 0 ? figure : undefined;
}

/** Whether a column is called as the rows of its table, which are of something: `rating` of bond_rating. */
export function isCalledAsRows({ table, column }: ColumnRef): boolean {
  const [first, ...words] = tableWords(table).map(singular);
  return first !== undefined && words.length > 0 && words.join(' ') === wordsOf(column).join(' ');
}
