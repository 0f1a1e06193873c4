import {
  isDay,
  isKey,
  isLabel,
  isNumber,
  labelColumns,
  soleDay,
  solePlace,
  solePrice,
} from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { moneyAsked } from '../take/hold-to-total.ts';
import { takeMostItself } from '../take/most-itself.ts';
import { sumBesideCount } from '../take/several-figures.ts';
import { columnsIn } from '../take/shown-items.ts';
/**
 * Shows what `who`, `when`, `where` and `how much` ask for.
 * @throws Unread where the thing has no such column, or several
 */
export function showAsked(state: ParseState, thing: string): void {
  const { who, asks, shown } = state.asked;
  if (who && shown.length === 0) {
    const labels = labelColumns(state, thing);
    if (labels.some(({ column }) => NOBODY.test(column))) {
      unread('who of no person');
    }
    shown.push(...labels);
    // 面积最大的一户是谁，多少平方米.
    const ofMost = asks === 'how-much' ? figureOfWhich(state, thing) : undefined;
    if (ofMost !== undefined) shown.push(ofMost);
  }
  if (shown.length === 0) {
    // `suppliers, and where they are from`.
    if (isAskedBeside(state)) shown.push(...labelColumns(state, thing));
    if (asks === 'when') shown.push(dayAsked(state, thing));
    if (asks === 'where') shown.push(solePlace(state, thing));
    const ofMost = asks === 'how-much' ? figureOfWhich(state, thing) : undefined;
    if (ofMost !== undefined) shown.push(...labelColumns(state, thing), ofMost);
    else if (asks === 'how-much') {
      shown.push(takeMostItself(state) ?? moneyAsked(state, thing) ?? priceAsked(state, thing));
    }
    return;
  }
  if (isOtherBesideWho(state, thing)) unread('who, and something else');
  sumBesideCount(state, thing);
  const columns = columnsIn(state);
  const isFigure = (item: Item) => isMeasure(item) || isNumber(state, item);
  // `which source pledged the most, and how much`.
  const compared = state.asked.order?.by ?? state.asked.having[0]?.measure;
  const isOpen = asks === 'how-much' && !state.chinese && !shown.some(isFigure);
  if (isOpen && compared !== undefined) shown.push(compared);
  const isNobody = (item: Item) =>
    !isMeasure(item) && (isNumber(state, item) || isDay(state, item));
  if (who && state.asked.thing === undefined && shown.every(isNobody)) unread('who is a figure');
  const isCode = (item: Item) => !isMeasure(item) && (isKey(item) || NOBODY.test(item.column));
  if (who && !state.chinese && shown.every(isCode)) unread('who of no person');
  if (asks === 'how-much' && !state.chinese && !shown.some(isFigure)) unread('how much of a text');
  const isTime = (ref: ColumnRef) => isDay(state, ref) || /year|年/i.test(ref.column);
  if (asks === 'when' && !columns.some(isTime)) unread('when, and something else');
  if (asks === 'where' && columns.every(isKey)) unread('where, and something else');
}

/** `who is in default, with lender and balance`: whom, nothing tells. */
function isOtherBesideWho(state: ParseState, thing: string): boolean {
  const { asked, phrases, chinese } = state;
  const first = phrases.findIndex(({ kind }) => kind === 'table' || kind === 'column');
  const isTold = (item: Item) =>
    !isMeasure(item) && isTable(item.table, thing) && isLabel(state, item);
  const isListed = isWord(phrases[first - 1], 'with');
  const isOther = asked.thing === undefined || !asked.shown.some(isTold);
  return !chinese && asked.who && isListed && isOther;
}

/** Ends of the names of columns that tell no people. */
const NOBODY = /(?:number|no|code|(?:^|_)cd|title|descr|description|symbol|isin|编号|号)$/i;

/** Whether `where` or `when` is asked beside things that are named before it. */
function isAskedBeside({ phrases, chinese }: ParseState): boolean {
  return (
    !chinese &&
    phrases.some((one, at) => isWord(one, 'where', 'when') && isWord(phrases[at - 1], 'and'))
  );
}

/** The price; of what is told by amounts, how much they come to. */
function priceAsked(state: ParseState, thing: string): Item {
  const price = solePrice(state, thing);
  const { conditions, periods, groups } = state.asked;
  const isSpent = state.said.money && /cost/i.test(price.column);
  const isAmount = isSpent || !/price|cost|价/i.test(price.column);
  if (isAmount && [conditions, periods, groups].every((one) => one.length === 0))
    unread('how much of each, or of all');
  return isAmount ? { call: 'sum', of: price } : price;
}

/** The day; of `when … first` and `when … last`, the first and the last. */
function dayAsked(state: ParseState, thing: string): Item {
  const { asked } = state;
  const day = soleDay(state, thing);
  const { order } = asked;
  if (order === undefined || isMeasure(order.by) || !isSameColumn(order.by, day)) return day;
  asked.order = undefined;
  return { call: order.descending ? 'max' : 'min', of: day };
}

/** 金额最大的合同是哪个，多少钱: what the one that is asked for is the first by. */
function figureOfWhich({ asked, said, chinese }: ParseState, thing: string): Item | undefined {
  const by = asked.order?.by;
  const isAsked = (asked.listed && !said.many) || asked.who;
  const isOne = chinese && isAsked && asked.limit === undefined;
  if (!isOne || by === undefined || isMeasure(by) || !isTable(by.table, thing)) return undefined;
  return said.eachPeriod === undefined ? by : unread('each period of one');
}
