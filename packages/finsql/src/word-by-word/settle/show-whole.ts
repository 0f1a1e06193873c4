/** All that is held of things, shown: `all information about customers`. */
import { findTable } from '../../schema/schema.ts';
import type { ParseState } from '../model/parse-state.ts';
import { EVERY_COLUMN, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** Columns that may be meant by the words for all of them. */
const DETAILS = /detail|description|详情|描述/i;
const INFORMATION = /info|data$|信息/i;

/**
 * Shows all columns of the thing.
 * @throws Unread where one of them may be meant, and beside other columns, measures and groups
 */
export function showWhole(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.whole === undefined) return;
  const columns = findTable(state.schema, thing)?.columns ?? [];
  const named = said.whole === 'details' ? DETAILS : INFORMATION;
  if (columns.some(({ name }) => named.test(name))) unread('details, or all columns');
  const { shown, groups, having, order } = asked;
  const isMeasured = having.length > 0 || (order !== undefined && isMeasure(order.by));
  if (shown.length + groups.length > 0 || isMeasured) unread('all columns beside others');
  shown.push({ table: thing, column: EVERY_COLUMN });
}
