/** Ratios, `gross margin`, shown in percent. */
import type { ParseState } from './parse-state.ts';
import { columnIn, type Item, isMeasure } from './reading.ts';

/** `gross margin in percent`: whether ratios are shown, which are so from here on. */
export function showsRatios({ asked }: ParseState): boolean {
  const isRatio = (item: Item) => columnIn(item)?.over !== undefined;
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
