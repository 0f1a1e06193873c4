/** Times as what rows are grouped by: `per day`, of days with times, is by the days alone. */
import { isTime } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, columnIn, isMeasure, isSameColumn } from '../model/reading.ts';

/** Groups rows by the day of their times, of which each has its own; what they are ordered by, too. */
export function groupByDaysOfTimes(state: ParseState): void {
  const { asked } = state;
  const isWhole = (ref: ColumnRef) => isTime(state, ref) && ref.part === undefined;
  const times = asked.groups.filter((group) => !group.isThing && isWhole(group));
  if (times.length === 0) return;
  const isGrouped = (ref: ColumnRef) => times.some((time) => isSameColumn(time, ref));
  const dayOf = <Ref extends ColumnRef>(ref: Ref): Ref =>
    isWhole(ref) && isGrouped(ref) ? { ...ref, part: 'day' } : ref;
  asked.groups = asked.groups.map(dayOf);
  asked.shown = asked.shown.map((item) => (isMeasure(item) ? item : dayOf(item)));
  const { order } = asked;
  const by = order && columnIn(order.by);
  if (order === undefined || by === undefined || isMeasure(order.by)) return;
  asked.order = { ...order, by: dayOf(by) };
}
