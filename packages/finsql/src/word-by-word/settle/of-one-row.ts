/** Whether a question holds what it asks for to one row. */
import { isPartOf } from '../columns/part-of.ts';
import { isKey, isLabel } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { columnIn, columnOn } from '../model/reading.ts';

/** Whether what is held tells one row: by its name or its number. */
export function isOfOne(state: ParseState): boolean {
  const tables = state.asked.shown.flatMap((item) => columnIn(item)?.table ?? []);
  return state.asked.conditions.some((one) => {
    const column = columnOn(one);
    const isHeld = one.kind === 'compare' && one.sign === '=';
    const isTelling = column !== undefined && (isLabel(state, column) || isKey(column));
    return (
      isHeld && isTelling && !tables.some((table) => isPartOf(state.links, table, column.table))
    );
  });
}
