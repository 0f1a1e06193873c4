/** A mean in which rows count as much as a figure of theirs: the sum of the products over that of the weights. */
import { isPartOf } from '../columns/part-of.ts';
import { isQuantity } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isSameColumn, isTable, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * The weighted mean of a column; undefined where no weight is said.
 * @throws Unread where the two are not of one row, nor of rows of which one belongs to the other
 */
export function weightedMean(state: ParseState, of: ColumnRef): Measure | undefined {
  const { said } = state;
  const { weight } = said;
  // In Chinese the mean may be said first: it is weighed once all is read.
  if (weight === undefined || state.chinese) return undefined;
  const [call, ...more] = said.calls;
  if (call !== 'avg' || more.length > 0) unread('a weight of what');
  said.weight = undefined;
  said.calls = [];
  return weighted(state, of, weight);
}

/**
 * The mean of a column in which rows count as much as another.
 * @throws Unread where the two are not of one row, nor of rows of which one belongs to the other
 */
export function weighted(state: ParseState, of: ColumnRef, weight: ColumnRef): Measure {
  const { links } = state;
  const isPlain = of.over === undefined && of.until === undefined && isQuantity(state, of);
  if (!isPlain || isSameColumn(of, weight)) unread('a weight of what');
  if (isTable(of.table, weight.table)) {
    const steps = [...(of.steps ?? []), { sign: '*', by: weight } as const];
    return { call: 'sum', of: { ...of, steps }, perOf: weight };
  }
  if (!isPartOf(links, weight.table, of.table) || of.steps !== undefined) {
    return unread('a weight of other rows');
  }
  const by = { table: of.table, column: of.column };
  return { call: 'sum', of: { ...weight, steps: [{ sign: '*', by }] }, perOf: weight };
}
