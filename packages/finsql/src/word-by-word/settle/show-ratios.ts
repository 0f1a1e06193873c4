/** Ratios, `gross margin`, shown in percent. */
import { columnOf, isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { columnIn, type Item, isMeasure } from '../model/reading.ts';

/** A comment that says of a figure that it is a part of 1: `as a fraction, 0.125 = 12.5 %`. */
const FRACTION =
  /小数|0\.\d+ ?(?:即|表示|为) ?[\d.]+ ?[%％]|\bas a fraction\b|\bfraction of\b|\bfraction\b[,;:]|\b0\.\d+ ?(?:=|is|means|stands for) ?[\d.]+ ?(?:%|percent)/i;

/** `the average expense ratio in percent`, where parts of 1 are stored. */
function isFraction(state: ParseState, item: Item): boolean {
  const ref = columnIn(item);
  const column = ref && columnOf(state, ref);
  if (ref === undefined || column === undefined || !isNumber(state, ref)) return false;
  return FRACTION.test(column.comment);
}

/** `gross margin in percent`: whether ratios are shown, which are so from here on. */
export function showsRatios(state: ParseState): boolean {
  const { asked } = state;
  const isRatio = (item: Item) => columnIn(item)?.over !== undefined || isFraction(state, item);
  const inPercent = (item: Item): Item => {
    if (!isRatio(item)) return item;
    if (!isMeasure(item)) return { ...item, percent: true };
    return { ...item, ...(item.of && { of: { ...item.of, percent: true } }) };
  };
  if (!asked.shown.some(isRatio)) return false;
  asked.shown = asked.shown.map(inPercent);
  if (asked.order !== undefined) asked.order = { ...asked.order, by: inPercent(asked.order.by) };
  return true;
}
