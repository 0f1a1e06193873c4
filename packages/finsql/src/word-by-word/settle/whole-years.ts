/** Figures of quarters and of whole years in one table: those of a year are never both of them. */
import { findTable } from '../../schema/schema.ts';
import { quartersOf } from '../columns/quarter-numbers.ts';
import type { ParseState } from '../model/parse-state.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  isHeld,
  isMeasure,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Where rows of whole years stand among those of quarters, what is asked of a year is of its own row, and what
 * is asked of quarters is not of that.
 * @throws Unread where neither a year nor a quarter is said
 */
export function holdToQuarters(state: ParseState, thing: string): void {
  for (const table of tablesAsked(state, thing)) {
    const found = findTable(state.schema, table);
    const quarters = found && quartersOf(found);
    if (quarters === undefined) continue;
    const { asked } = state;
    const isOf = (name: string) => (ref: ColumnRef | undefined) =>
      ref !== undefined && isTable(ref.table, table) && ref.column === name;
    const held = asked.conditions.flatMap(refsOf);
    // `by quarter`: of each year, unless one is said.
    const at = asked.groups.findIndex(isOf(quarters.column));
    const isOfYear =
      asked.groups.some(isOf(quarters.year)) ||
      isHeld({ table, column: quarters.year }, asked.conditions);
    if (at >= 0 && !isOfYear)
      asked.groups.splice(at, 0, { table, column: quarters.year, isThing: false });
    if (quarters.whole === undefined) continue;
    const column = { table, column: quarters.column };
    if (held.some(isOf(quarters.column))) continue;
    const shown = [...asked.groups, ...asked.shown.map(columnIn)];
    if (shown.some(isOf(quarters.column))) {
      const [from, to] = [quarters.of(1), quarters.of(4)];
      asked.conditions.push({ kind: 'between', column, from, to });
      continue;
    }
    const isOfYears = [...held, ...shown].some(isOf(quarters.year));
    const isCounted = asked.shown.some((item) => isMeasure(item) && isTable(item.rows, table));
    if (!isOfYears || isCounted) unread('quarters and whole years');
    asked.conditions.push({ kind: 'compare', column, sign: '=', value: stored(quarters.whole) });
  }
}

function stored(code: string): string | number {
  return /^\d+$/.test(code) ? Number(code) : code;
}

function refsOf(condition: Condition): ColumnRef[] {
  if (condition.kind === 'all' || condition.kind === 'any') {
    return condition.conditions.flatMap(refsOf);
  }
  const column = columnOn(condition);
  return column === undefined ? [] : [column];
}

/** Those that give or hold something. */
function tablesAsked({ asked }: ParseState, thing: string): Set<string> {
  const measures = asked.having.map(({ measure }) => measure);
  const items = [
    ...asked.shown,
    ...asked.groups,
    ...measures,
    ...(asked.order ? [asked.order.by] : []),
  ];
  return new Set([
    thing,
    ...asked.tables,
    ...items.flatMap((item) => (isMeasure(item) ? (item.rows ?? []) : [])),
    ...items.flatMap((item) => columnIn(item)?.table ?? []),
    ...asked.conditions.flatMap(refsOf).map(({ table }) => table),
    ...[...(asked.both?.met ?? []), ...(asked.both?.unmet ?? [])].map(({ column }) => column.table),
  ]);
}
