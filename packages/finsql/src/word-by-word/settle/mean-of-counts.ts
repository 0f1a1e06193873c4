/** How many rows things have on average: `average number of orders per customer`. */
import { soleKey } from '../../schema/table-keys.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel, labelColumns } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** `how many bookings does a guest make on average`: the counts are of the things that are named beside. */
export function groupForMean(state: ParseState): void {
  const { asked, said, links } = state;
  const [call, ...more] = said.calls;
  const [count, ...others] = asked.shown;
  const isCount = count !== undefined && isMeasure(count) && count.rows !== undefined;
  if (state.chinese || call !== 'avg' || more.length + others.length > 0 || !isCount) return;
  // `number of orders per customer on average`.
  if (asked.groups.length > 0) {
    said.calls = [];
    said.ofCounts = true;
    return;
  }
  const counted = count.rows;
  const wholes = [...new Set(asked.tables.filter((table) => !isTable(table, counted)))];
  const [whole, ...rest] = wholes.filter((table) => isPartOf(links, counted, table));
  if (whole === undefined || rest.length > 0) return;
  said.calls = [];
  said.ofCounts = true;
  const key = soleKey(state.schema, whole);
  const names = key !== undefined && !hasLabel(state, whole) ? [] : labelColumns(state, whole);
  const refs = names.length > 0 ? names : key === undefined ? [] : [{ table: whole, column: key }];
  asked.groups.push(...refs.map((ref) => ({ ...ref, isThing: true })));
}

/**
 * Of counts of groups, their mean.
 * @throws Unread where no groups are counted, or more than that is asked for
 */
export function settleMean({ asked, said }: ParseState): void {
  if (said.ofCounts !== true) return;
  const { groups, shown, having, order } = asked;
  const [count, ...more] = shown.filter(isMeasure);
  const isOne = new Set(groups.map(({ table, column, isThing }) => (isThing ? table : column)));
  if (count === undefined || more.length > 0 || count.call !== 'count' || isOne.size !== 1) {
    unread('an average number of what');
  }
  if (having.length > 0 || order !== undefined) unread('an average of ordered counts');
  asked.shown = [count];
  asked.overGroups = 'avg';
}
