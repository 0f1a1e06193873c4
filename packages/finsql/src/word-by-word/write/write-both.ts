/** Things of which some row meets one condition and some row the other, as SQL. */
import type { Link } from '../../retrieval/context.ts';
import { fold, type Schema } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { joinTables } from '../columns/joins.ts';
import {
  type ColumnRef,
  type Condition,
  columnOn,
  isMeasure,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { repeatsRows } from './repeated-rows.ts';

/** A column that is to be among the rows of a statement. */
export interface AmongRows {
  readonly column: ColumnRef;
  readonly sql: string;
  readonly not: boolean;
}

type Write = (reading: Reading, among: readonly AmongRows[]) => string;

/**
 * Of things with many such rows, those whose keys are among both; of values, those that both have.
 * @throws Unread where things have no key, or what is shown is of several tables
 */
export function writeBoth(
  reading: Reading,
  schema: Schema,
  links: readonly Link[],
  write: Write,
): string {
  const { both, shown, conditions } = reading;
  if (both === undefined) return write(reading, []);
  const tables = shown.flatMap((item) => (isMeasure(item) ? (item.rows ?? []) : item.table));
  const [table, ...others] = [...new Set(tables.map(fold))];
  const parts = [...both.met, ...both.unmet];
  const rows = parts[0]?.column.table;
  if (table === undefined || rows === undefined || others.length > 0) return unread('both of them');
  const joined = joinTables(links, [table, rows, ...reading.tables]) ?? unread('no way to join');
  const ones = parts.map((one) => ({
    ...reading,
    both: undefined,
    conditions: [...conditions, one],
  }));
  const isUnmet = (at: number) => at >= both.met.length;
  if (!both.ofThings || !repeatsRows(joined, table, schema)) {
    if (both.met.length === 0 || shown.some(isMeasure)) unread('both of them');
    return ones.map((one, at) => `${joint(at, isUnmet(at))}${write(one, [])}`).join('');
  }
  const key = soleKey(schema, table) ?? unread('both without a key');
  const column = { table, column: key };
  const isOwn = (one: Condition) => fold(columnOn(one)?.table ?? '') === table;
  const own = conditions.filter(isOwn);
  const other = conditions.filter((one) => !isOwn(one));
  const among = ones.map((one, at) => ({
    column,
    not: isUnmet(at),
    sql: write(
      {
        ...one,
        shown: [column],
        conditions: [...other, ...parts.slice(at, at + 1)],
        distinct: false,
      },
      [],
    ),
  }));
  return write({ ...reading, thing: table, tables: [], both: undefined, conditions: own }, among);
}

function joint(at: number, isUnmet: boolean): string {
  if (at === 0) return '';
  return isUnmet ? ' except ' : ' intersect ';
}
