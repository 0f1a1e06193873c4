/** Columns of which there is so much: what `per` and `of` may measure by. */
import { findColumn, findTable } from '../../schema/schema.ts';
import { isReference } from '../columns/part-of.ts';
import { isMonthNumber, isYear } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';

/** Of a parse, what its look-ups need. */
type Within = Pick<ParseState, 'schema' | 'chinese' | 'links'>;

/** Numbers of kinds and of times, which rows are grouped by. */
const OF_KINDS =
  /quarter|week|month|day|year|rank|stage|level|term|class|grade|band|tier|number|num$|no$|code|type|group|zone|floor$|age$|rating|score|status|state|season|period|version|round|category/i;

/** Whether there is so much of a column, and it tells no rows, kinds or times. */
export function isSoMuch(within: Within, { table, column }: ColumnRef): boolean {
  const own = findTable(within.schema, table);
  const found = own && findColumn(own, column);
  const ref = { table, column };
  const isOther =
    isReference(within.links, ref) || isYear(within, ref) || isMonthNumber(within, ref);
  return found?.primaryKey === false && !isOther && !OF_KINDS.test(column);
}
