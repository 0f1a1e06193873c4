/** The measures that are said of a column, before it or behind. */
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, isDay, isNumber, isQuantity } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnIn, type Item, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { ofSums } from './ratios-of-sums.ts';
import { weightedMean } from './take-weight.ts';

/** 工资的平均值: in Chinese, a measure may stand behind its column. */
export function takeMeasureAhead(state: ParseState, ref: ColumnRef): void {
  const { asked, said, chinese, phrases, at } = state;
  const [next, beyond] = ahead(state);
  if (!chinese || said.calls.length > 0 || !isWord(next, 'measure') || next.call === 'count')
    return;
  // 个人支付平均金额.
  if (beyond?.kind === 'column' && isNumber(state, ref) && isNumber(state, beyond))
    unread('a measure between two figures');
  if (beyond?.kind === 'column' || beyond?.kind === 'table') return;
  // 保单数量和年缴保费合计: beside other measures it is of this one alone.
  const isBeside = asked.shown.every(isMeasure) && isWord(phrases[at - 2], 'and');
  if (areMeasuredTogether(state, ref)) {
    asked.shown = asked.shown.map((item) =>
      isMeasure(item) ? item : { call: next.call, of: item },
    );
  } else if (asked.shown.length > 0 && !isBeside) unread('a measure of several');
  state.at++;
  said.calls = [next.call];
}

/** 应还和实还总额: of all amounts that stand right before the word. */
function areMeasuredTogether(state: ParseState, ref: ColumnRef): boolean {
  const { asked, phrases, at } = state;
  const isAmount = (item: Item) =>
    !isMeasure(item) &&
    item.table === ref.table &&
    isQuantity(state, item) &&
    addsUp(state, item) === addsUp(state, ref);
  const isJoined = isWord(phrases[at - 2], 'and') && phrases[at - 3]?.kind === 'column';
  return (
    isJoined && isQuantity(state, ref) && asked.shown.length > 0 && asked.shown.every(isAmount)
  );
}

function isOfOwn({ table, over }: ColumnRef): boolean {
  return over !== undefined && isTable(over.table, table);
}

/** The measures that are said of the column; the column itself where none is, or where it holds the count. */
export function measured(state: ParseState, ref: ColumnRef): [Item, ...Item[]] {
  const { said } = state;
  const weighted = weightedMean(state, ref);
  if (weighted !== undefined) return [weighted];
  const [call, ...more] = said.calls;
  if (call === undefined) return [ref];
  // `total cost as a percentage of the budget`.
  if (ref.ofSums && call === 'sum' && more.length === 0 && isOfOwn(ref)) {
    said.calls = [];
    return [ofSums(ref)];
  }
  // 一共涉及哪些行业.
  const isText = !isNumber(state, ref) && !isDay(state, ref);
  if (state.chinese && state.asked.listed && call === 'sum' && more.length === 0 && isText) {
    said.calls = [];
    return [ref];
  }
  const isFigure = call === 'count' && !said.distinct && isQuantity(state, ref);
  if (call === 'count' && isDay(state, ref)) unread('how many days');
  // Counts that are stored as texts.
  if (call === 'count' && !isFigure && /(?:^|_)count$/i.test(ref.column))
    unread('how many of a count');
  const isOfOthers = state.asked.shown.some((item) =>
    isPartOf(state.links, ref.table, columnIn(item)?.table ?? ref.table),
  );
  if (isFigure && isOfOthers) unread('a figure of each of many rows');
  const counts = call === 'count' ? { distinct: true } : {};
  said.calls = [];
  if (!isFigure) said.distinct = false;
  const others = more.map((other): Item => ({ call: other, of: ref }));
  return [isFigure ? ref : { call, of: ref, ...counts }, ...others];
}
