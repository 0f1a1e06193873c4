/** The first rows of each group as SQL: rows with their places within the groups, and of those the first. */
import { identifier } from '../../schema/identifiers.ts';
import { fold } from '../../schema/schema.ts';
import { type Item, isMeasure, type Reading } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { repeatsRows } from './repeated-rows.ts';
import type { Scope } from './write-columns.ts';
import { writeGroup, writeItem, writeOrder } from './write-items.ts';

const PLACE = 'place';

/** What is selected with the place of each row, and the statement around that. */
export interface Placed {
  readonly select: string;
  around(rows: string): string;
}

/**
 * Places within each of the groups in the order that is asked for; undefined where no groups have a first.
 * @throws Unread where a join repeats the rows that are placed
 */
export function placedRows(scope: Scope, reading: Reading): Placed | undefined {
  const { firstOf, order, shown, limit = 1, offset = 0 } = reading;
  if (firstOf === undefined || order === undefined) return undefined;
  const { by, descending } = order;
  if (!isMeasure(by) && repeatsRows(scope.joined, by.table, scope.schema)) {
    unread('the first of repeated rows');
  }
  const names = shown.map((item, at) => nameOf(item, shown.slice(0, at)));
  const columns = shown.map((item, at) => named(writeItem(scope, item), names[at] ?? ''));
  const within = [...new Set(firstOf.map((group) => writeGroup(scope, group)))].join(', ');
  const place = `rank() over (partition by ${within} order by ${writeOrder(scope, { by, descending })[0]}) as ${PLACE}`;
  const isFirst = limit === 1 ? `${PLACE} = ${offset + 1}` : `${PLACE} <= ${limit}`;
  const sorted = limit === 1 ? '' : ` order by ${names[0]}, ${PLACE}`;
  return {
    select: [...columns, place].join(', '),
    around: (rows) => `select ${names.join(', ')} from (${rows}) where ${isFirst}${sorted}`,
  };
}

function named(sql: string, name: string): string {
  return sql === name || sql.endsWith(`.${name}`) ? sql : `${sql} as ${name}`;
}

/** The name of the column, or that with its table where another is called so. */
function nameOf(item: Item, before: readonly Item[]): string {
  if (isMeasure(item)) return unread('a measure beside a place');
  const own = item.part === undefined ? item.column : item.part.replaceAll('-', '_');
  const isTaken =
    own === PLACE ||
    before.some((one) => !isMeasure(one) && fold(one.column) === fold(item.column));
  return identifier(isTaken ? `${item.table}_${own}` : own);
}
