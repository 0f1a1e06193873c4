/** Kinds against each other: each with its figure, or where rows are grouped, the figures side by side. */
import type { ParseState } from './parse-state.ts';
import { type ColumnCondition, type ColumnRef, type Item, isSameColumn } from './reading.ts';
import { measureOf } from './measure-of.ts';

/** `average limit, small firms against medium firms`. @throws Unread where what is compared is no figure */
export function showKinds(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.kinds === undefined) return;
  const { column, values } = said.kinds;
  // `buying against selling, each side by symbol`.
  asked.groups = asked.groups.filter((group) => !isSameColumn(group, column));
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  if (asked.shown.length === 0) asked.shown.push({ call: 'count', rows: thing });
  if (isGrouped && values.length > 0) {
    asked.conditions = asked.conditions.filter(
      (one) => one.kind !== 'among' || !isSameColumn(one.column, column),
    );
    asked.shown = sideBySide(state, values.map(heldTo(column)));
    return;
  }
  // Of levels there is a mean, and no sum.
  asked.shown = asked.shown.map((item) => measureOf(state, item));
  asked.groups.push({ ...column, isThing: false });
}

function heldTo(column: ColumnRef): (value: string) => ColumnCondition {
  return (value) => ({ kind: 'compare', column, sign: '=', value });
}

/** Each figure that is shown, of the rows of each part. @throws Unread where it is no figure of amounts or rows */
export function sideBySide(state: ParseState, parts: readonly ColumnCondition[]): Item[] {
  return state.asked.shown.flatMap((item) =>
    parts.map((part): Item => ({ ...measureOf(state, item), heldTo: [part] })),
  );
}
