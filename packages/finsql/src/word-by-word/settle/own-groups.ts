/** Groups of single rows that say nothing beside others: `average charge per item by specialty`. */
import type { ParseState } from '../model/parse-state.ts';
import { columnIn, isMeasure, isTable } from '../model/reading.ts';

/** Leaves out rows as groups of their own mean, where they are grouped otherwise, too. */
export function leaveOwnGroups({ asked, chinese }: ParseState): void {
  const means = asked.shown.filter((item) => isMeasure(item) && item.call === 'avg');
  if (chinese || means.length === 0 || means.length < asked.shown.length) return;
  const isOwn = ({ isThing, table }: { readonly isThing: boolean; readonly table: string }) =>
    isThing && means.every((item) => isTable(columnIn(item)?.table, table));
  const others = asked.groups.filter((group) => !isOwn(group));
  if (others.length > 0) asked.groups = others;
}
