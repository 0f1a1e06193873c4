/** Means of which rows weigh by another figure of theirs: 按贷款金额加权的平均利率, 加权平均成交价，以数量为权重. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { hasHan } from '../../retrieval/words.ts';
import { findColumn, findTable, type Schema } from '../../schema/schema.ts';
import { isQuantity } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { Dictionary } from '../names/names.ts';
import { weighted } from '../take/take-weight.ts';
import { phraseKey } from '../words/units.ts';

const WEIGHED =
  /(?:(?:按照|按|以|用)(\p{Script=Han}{2,10}?)(?:为权重|作为权重|作权重|做权重|进行加权|加权)|权重(?:为|是|用|取)(\p{Script=Han}{2,10}))(?=平均|的|$|[，,。；;）)？?])/gu;

/** The phrases that say by what rows weigh. */
export function weighedBy(question: string, names: Dictionary, schema: Schema): Phrase[] {
  if (!hasHan(question)) return [];
  return [...question.matchAll(WEIGHED)].flatMap(({ 0: text, 1: before, 2: behind, index }) => {
    const known = names.get(phraseKey(before ?? behind ?? '')) ?? [];
    const meanings = known.flatMap((one): Meaning[] => {
      if (one.kind !== 'column' || one.minus !== undefined || one.times !== undefined) return [];
      const { table, column, cost } = one;
      const found = findTable(schema, table);
      const own = found && findColumn(found, column);
      if (own === undefined || !isNumber(own)) return [];
      return [{ kind: 'word', word: 'weighed', by: { table, column }, cost }];
    });
    return meanings.length === 0 ? [] : [{ from: index, to: index + text.length, meanings }];
  });
}

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
