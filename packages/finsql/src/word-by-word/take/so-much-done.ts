/** How much is done, and no number of rows: 上月入库了多少, of a 入库数量 beside the 入库日期. */
import { findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { columnOf, isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Adds up the one figure that is called by what stands before 多少; whether there is such a one.
 * @throws Unread where there are several
 */
export function sumsMuchDone(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const done = behind(state);
  const isDone = done?.kind === 'column' && done.done === true;
  const isPlain = asked.shown.length === 0 && said.calls.every((call) => call === 'sum');
  if (!chinese || !isDone || !isPlain || ahead(state).length > 0) return false;
  const [figure, ...more] = figuresDone(state, done);
  if (figure === undefined) return false;
  if (more.length > 0) unread('how much of what');
  said.calls = [];
  asked.shown.push({ call: 'sum', of: figure });
  return true;
}

function figuresDone(state: ParseState, day: ColumnRef): ColumnRef[] {
  const column = columnOf(state, day);
  const done = (column === undefined ? [] : calledBy(column)).flatMap(
    (name) => /^(\p{Script=Han}{2,})(?:日期|时间|日)$/u.exec(name)?.[1] ?? [],
  );
  const called = new Set(
    done.flatMap((one) => ['数量', '量', '金额', '额'].map((end) => one + end)),
  );
  return (findTable(state.schema, day.table)?.columns ?? [])
    .filter((one) => calledBy(one).some((name) => called.has(name)))
    .map(({ name }) => ({ table: day.table, column: name }))
    .filter((ref) => isQuantity(state, ref));
}
