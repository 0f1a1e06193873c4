/** Who reports to whom, where rows of a table refer to others of it. */
import { findTable, fold, type Table } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { columnIn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** What the columns that tell whom a row is under are called by. */
const ABOVE = /manager|mgr|boss|supervis|report|superior|lead|上级|主管|经理/i;

/**
 * `people who report to the Head of Sales`: the value behind it tells whom.
 * @throws Unread where no value follows, or not one column of its table refers to the table
 */
export function takeReportsTo(state: ParseState): void {
  const [next] = ahead(state);
  if (next?.kind !== 'value') unread('reports to whom');
  const { table, column, value } = next;
  const { thing, shown } = state.asked;
  const told = [
    ...(thing === undefined ? [] : [thing]),
    ...shown.flatMap((item) => columnIn(item)?.table ?? []),
  ];
  if (told.some((one) => fold(one) !== fold(table))) unread('reports of other things');
  const [only, ...more] = keysAbove(findTable(state.schema, table));
  const key = soleKey(state.schema, table);
  if (only === undefined || more.length > 0 || key === undefined) unread('reports to none');
  state.at++;
  state.asked.conditions.push({
    kind: 'refers',
    column: { table, column: only },
    key,
    to: { table, column },
    value,
  });
}

/** The columns that refer to a table's own rows: those that are declared to, else those that are called so. */
export function keysAbove(table: Table | undefined): string[] {
  const declared = (table?.foreignKeys ?? []).filter(({ column }) => ABOVE.test(column));
  const own = declared.filter((key) => fold(key.table) === fold(table?.name ?? ''));
  if (declared.length > 0) return own.map(({ column }) => column);
  const called = (table?.columns ?? []).filter(
    ({ name }) => ABOVE.test(name) && /id$|编号$|工号$/i.test(name),
  );
  return called.map(({ name }) => name);
}
