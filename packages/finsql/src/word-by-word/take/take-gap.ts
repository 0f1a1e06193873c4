/** What lies between two figures of a row that were compared before: `items over the estimate: item and difference`. */
import { isQuantity } from '../columns/schema-columns.ts';
import { behind, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { takeItem } from './take-item.ts';
import { takeGapOfShown } from './take-ratio.ts';

/** Shows by how much the greater is above the other. @throws Unread where no two figures of one row were compared, or several were */
export function takeGap(state: ParseState, isOfAll: boolean): void {
  const compared = state.asked.conditions.flatMap((one) => (one.kind === 'columns' ? one : []));
  const [only, ...others] = compared;
  if (only === undefined && state.chinese) {
    takeGapOfShown(state, isOfAll);
    return;
  }
  if (only === undefined || others.length > 0) unread('the difference of what');
  const { column, sign, other } = only;
  const areFigures = [column, other].every((one) => isQuantity(state, one));
  if (!areFigures || !isTable(column.table, other.table)) unread('the difference of what');
  const gap = sign.startsWith('<') ? lessOf(other, column) : lessOf(column, other);
  takeItem(state, gap, gap, behind(state));
}

/** @throws Unread where either is made of several columns */
function lessOf(greater: ColumnRef, { table, column, ...more }: ColumnRef): ColumnRef {
  const isPlain = Object.keys(more).length === 0 && greater.steps === undefined;
  if (!isPlain || greater.over !== undefined || isSameColumn(greater, { table, column }))
    return unread('the difference of what');
  return { ...greater, steps: [{ sign: '-', by: { table, column } }] };
}
