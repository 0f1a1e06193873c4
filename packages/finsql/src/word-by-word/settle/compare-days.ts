/** `paid after the due date`: a time against a day is the day of it, which is no later than itself. */
import { isDay, isTime } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';

/** Compares times with days by the days alone. */
export function compareByDays(state: ParseState): void {
  const isPlain = (ref: ColumnRef) => ref.part === undefined && isDay(state, ref);
  const isOfTime = (ref: ColumnRef) => isPlain(ref) && isTime(state, ref);
  const dayOf = (ref: ColumnRef): ColumnRef => (isOfTime(ref) ? { ...ref, part: 'day' } : ref);
  state.asked.conditions = state.asked.conditions.map((one) => {
    if (one.kind !== 'columns' || !isPlain(one.column) || !isPlain(one.other)) return one;
    const isMixed = isOfTime(one.column) !== isOfTime(one.other);
    return isMixed ? { ...one, column: dayOf(one.column), other: dayOf(one.other) } : one;
  });
}
