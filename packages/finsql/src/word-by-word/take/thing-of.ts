/** What a question is about. */
import type { Asked } from '../model/asked.ts';
import { columnIn, columnOn, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * The table whose rows are asked for, where none was named: that of what is shown, ordered by, held or grouped by.
 * @throws Unread where there is none
 */
export function thingOf({ shown, order, conditions, groups }: Asked): string {
  const [first] = shown;
  const [condition] = conditions;
  const [group] = groups;
  const ordered = order !== undefined && isMeasure(order.by) ? order.by.rows : undefined;
  const rows = first !== undefined && isMeasure(first) ? first.rows : undefined;
  return (
    rows ??
    (first && columnIn(first)?.table) ??
    (order && columnIn(order.by)?.table) ??
    ordered ??
    (condition && columnOn(condition)?.table) ??
    group?.table ??
    unread('about nothing')
  );
}
