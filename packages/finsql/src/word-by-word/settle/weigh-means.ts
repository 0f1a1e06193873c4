/** Means of which rows weigh by another figure of theirs, which may be said behind them: 加权平均成交价，以数量为权重. */
import { isQuantity } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { weighted } from '../take/take-weight.ts';

/** Makes the means that are asked for such. @throws Unread where nothing tells by what rows weigh, or no mean is asked for */
export function weighMeans(state: ParseState): void {
  const { asked, said } = state;
  const { weight } = said;
  said.weight = undefined;
  const isWeighed = state.phrases.some((one) => isWord(one, 'measure') && one.weighted === true);
  if (weight === undefined && isWeighed) unread('weighed by what');
  if (weight === undefined) return;
  const weigh = (item: Item): Item =>
    isMeasure(item) && item.call === 'avg' && item.of !== undefined
      ? weighted(state, item.of, weight)
      : item;
  const isMean = (item: Item) => isMeasure(item) && item.call === 'avg' && item.of !== undefined;
  const of = asked.shown.flatMap((item) => (isMeasure(item) ? (item.of ?? []) : []));
  const isSame = of.every((one) => one.column !== weight.column && isQuantity(state, one));
  // 融资余额按金额加权的平均利率: one figure, or two?
  const isOther = asked.shown.some((item) => !isMeasure(item) && isQuantity(state, item));
  if (!asked.shown.some(isMean) || !isSame || isOther) unread('weighed of what');
  asked.shown = asked.shown.map(weigh);
  if (asked.order !== undefined) asked.order = { ...asked.order, by: weigh(asked.order.by) };
}
