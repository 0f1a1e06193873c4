/** `the highest limit, and whose is it`: the row with the extreme. */
import { orderBy } from './order-rows.ts';
import type { ParseState } from './parse-state.ts';
import { isMeasure } from './reading.ts';
import { labelColumns } from './schema-columns.ts';
import { unread } from './unread.ts';

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
