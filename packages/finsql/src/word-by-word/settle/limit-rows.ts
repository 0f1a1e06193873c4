/** How many rows are shown. */
import type { ParseState } from '../model/parse-state.ts';
import { unread } from '../model/unread.ts';
import { sortsAll } from '../take/order-rows.ts';

/**
 * The first row alone, unless a number of rows is said or all are sorted.
 * @throws Unread where rows without an order are so many, and for a number that is none of rows
 */
export function limitRows(state: ParseState): void {
  const { asked } = state;
  if (asked.order !== undefined && !sortsAll(state)) asked.limit ??= 1;
  if (asked.place !== undefined) expectOnePlace(asked);
  if (asked.limit === undefined) return;
  if (asked.order === undefined) unread('a number of rows without an order');
  if (!Number.isInteger(asked.limit) || asked.limit <= 0) unread('no number of rows');
}

/** @throws Unread where no one row is in that place */
function expectOnePlace({ order, limit }: ParseState['asked']): void {
  if (order === undefined || limit !== 1) unread('which place');
}
