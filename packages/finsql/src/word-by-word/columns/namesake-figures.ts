/** Figures that their table is called by: the closing price of `closing_prices`, the balance of `day_balance`. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { singular } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { tableWords, wordsOf } from './name-words.ts';

const FIGURE = /^(?:price|rate|balance|value|score|budget|quote|valuation)$/;

/** The one figure of a table of figures that has the name of its rows; undefined where there is none, or several. */
export function namesakeOf({ name, columns }: Table): Column | undefined {
  const head = singular(tableWords(name).at(-1) ?? '');
  const [figure, ...others] = columns.filter(
    (column) => isNumber(column) && wordsOf(column.name).at(-1) === head,
  );
  return FIGURE.test(head) && others.length === 0 ? figure : undefined;
}
