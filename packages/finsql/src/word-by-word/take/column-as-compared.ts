/** A column behind a sign and a number: `more than 5 employees`. */
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, isDay, isFlag, isKey, isNumber, isQuantity } from '../columns/schema-columns.ts';
import { ahead, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import type { NumberMeaning } from '../model/phrase.ts';
import { type ColumnRef, type Comparison, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { comparesTotal } from './amounts-compared.ts';
import { compareColumn, scaledNumber } from './compare-column.ts';

/** `more than 5 employees`, where employees is a column; `over size 5`. */
export function asCompared(state: ParseState, ref: ColumnRef): boolean {
  const { sign, number } = state.said;
  const [next] = ahead(state);
  // `above 3000 in year 2001`.
  if (sign === undefined || (number !== undefined && next?.kind === 'period')) return false;
  if (number !== undefined) {
    if (isKey(ref)) unread('a key compared');
    if (countsKinds(state, ref) || comparesTotal(state, ref)) return true;
    if (sumsCompared(state, ref, sign, number)) return true;
    compareColumn(state, ref, sign, number);
  } else if (next?.kind === 'number') {
    state.at++;
    compareColumn(state, ref, sign, next);
  } else unread('compared with a column');
  return true;
}

/** `villages where parcels add up to more than 250 hectares`: whether a total is compared. */
function sumsCompared(
  state: ParseState,
  ref: ColumnRef,
  sign: Comparison,
  number: NumberMeaning,
): boolean {
  const { asked, said, chinese } = state;
  const isSum = said.calls.length === 1 && said.calls[0] === 'sum';
  if (chinese || !isSum || !isQuantity(state, ref) || !addsUp(state, ref)) return false;
  if (isNothingAsked(asked) || asked.shown.some(isMeasure)) return false;
  said.sign = undefined;
  said.number = undefined;
  said.calls = [];
  const value = scaledNumber(state, ref, number);
  asked.having.push({ measure: { call: 'sum', of: ref }, sign, value });
  return true;
}

/** `suppliers in more than two countries`, of which each has many rows: different ones are counted. */
function countsKinds(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, links, chinese } = state;
  const { sign, number } = said;
  const { thing } = asked;
  const isText = !isNumber(state, ref) && !isDay(state, ref) && !isFlag(state, ref);
  if (chinese || !isText || thing === undefined || isTable(thing, ref.table)) return false;
  if (sign === undefined || number?.form !== 'plain' || number.inOther) return false;
  if (isPartOf(links, thing, ref.table) || asked.shown.some(isMeasure)) return false;
  said.sign = undefined;
  said.number = undefined;
  const measure = { call: 'count', of: ref, distinct: true } as const;
  asked.having.push({ measure, sign, value: number.value });
  return true;
}
