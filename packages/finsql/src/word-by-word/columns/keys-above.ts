/** Columns that tell whom a row is under: `manager_id` of employees, 上级机构 of branches. */
import { findColumn, findTable, fold, type Schema, type Table } from '../../schema/schema.ts';
import { type ColumnRef, isTable } from '../model/reading.ts';
import { calledBy } from './comment-parts.ts';

/** What the columns that tell whom a row is under are called by. */
const ABOVE = /manager|mgr|boss|supervis|report|superior|lead|上级|主管|经理/i;

/** 上级机构, 上级部门: a row of the same table, whatever its column is spelled like. */
function isHanAbove(name: string): boolean {
  return /^上级(?!.*(?:名|姓))\p{Script=Han}{2,}/u.test(name);
}

/** The columns that refer to a table's own rows: those that are declared to, else those that are called so. */
export function keysAbove(table: Table | undefined): string[] {
  const isAbove = (column: string) => {
    const found = table && findColumn(table, column);
    return ABOVE.test(column) || (found !== undefined && calledBy(found).some(isHanAbove));
  };
  const declared = (table?.foreignKeys ?? []).filter(({ column }) => isAbove(column));
  const own = declared.filter((key) => fold(key.table) === fold(table?.name ?? ''));
  if (declared.length > 0) return own.map(({ column }) => column);
  const called = (table?.columns ?? []).filter(
    (column) =>
      (ABOVE.test(column.name) && /id$|编号$|工号$/i.test(column.name)) ||
      calledBy(column).some(isHanAbove),
  );
  return called.map(({ name }) => name);
}

/** Whether a column tells whom the rows of its table are under. */
export function isKeyAbove(schema: Schema, { table, column }: ColumnRef): boolean {
  return keysAbove(findTable(schema, table)).some((key) => fold(key) === fold(column));
}

/** Whether a column is declared to refer to rows of its own table. */
export function isOfOwnTable(schema: Schema, { table, column }: ColumnRef): boolean {
  const keys = findTable(schema, table)?.foreignKeys ?? [];
  return keys.some((key) => isTable(key.table, table) && fold(key.column) === fold(column));
}
