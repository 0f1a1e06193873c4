/** What is measured of the rows of a part or a period: amounts are added up. */
import { addsUp, isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type Item, isMeasure, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** @throws Unread for levels, and for the most or the least of something */
export function measureOf(state: ParseState, item: Item): Measure {
  if (!isMeasure(item)) {
    if (!isNumber(state, item) || !addsUp(state, item)) unread('a change of levels');
    return { call: 'sum', of: item };
  }
  const { call, distinct } = item;
  if (call === 'min' || call === 'max' || distinct === true) unread('a change of extremes');
  return item;
}
