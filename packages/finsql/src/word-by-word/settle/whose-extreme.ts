/** `the highest limit, and whose is it`: the row with the extreme. */
import { labelColumns } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { orderBy } from '../take/order-rows.ts';

/** @throws Unread where anything but one extreme of a column is asked for */
export function showOwner(state: ParseState): void {
  const { asked, said } = state;
  if (said.ofWhom !== true) return;
  const [only, ...more] = asked.shown;
  const of = only !== undefined && isMeasure(only) ? only.of : undefined;
  const isExtreme =
    only !== undefined && isMeasure(only) && (only.call === 'max' || only.call === 'min');
  if (!isExtreme || of === undefined || more.length > 0 || asked.groups.length > 0)
    unread('whose of what');
  asked.shown = [...labelColumns(state, of.table), of];
  orderBy(state, of, only.call === 'max');
}
