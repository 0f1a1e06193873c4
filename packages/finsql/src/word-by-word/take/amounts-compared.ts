/** Kinds and things by what their rows come to: `countries with more than 60 million euros of property`, `vendors that got over 1,000 pounds of orders`. */
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  isDay,
  isLabel,
  isNumber,
  isQuantity,
  soleAmount,
} from '../columns/schema-columns.ts';
import { ahead, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isMeasure, isTable } from '../model/reading.ts';
import { orUnread, Unread } from '../model/unread.ts';
import { scaledNumber } from './compare-column.ts';

/** Holds what is asked for to the total of the rows named behind the amount; whether it is so. */
export function comparesAmountOf(state: ParseState, table: string): boolean {
  const of = orUnread(() => soleAmount(state, table));
  return !(of instanceof Unread) && comparesTotal(state, of);
}

/** Holds it to the total of a column that is named behind the amount; whether it is so. */
export function comparesTotal(state: ParseState, of: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const { sign, number } = said;
  if (chinese || sign === undefined || number?.form !== 'amount') return false;
  if (!isQuantity(state, of) || !addsUp(state, of) || !haveMany(state, of)) return false;
  said.sign = undefined;
  said.number = undefined;
  said.calls = said.calls.filter((call) => call !== 'sum');
  asked.tables.push(of.table);
  asked.having.push({ measure: { call: 'sum', of }, sign, value: scaledNumber(state, of, number) });
  return true;
}

/** Whether what is asked for has many rows of a column: kinds, or things that they belong to. */
function haveMany(state: ParseState, of: ColumnRef): boolean {
  const { asked, links } = state;
  const [kind, ...more] = asked.shown;
  if (isNothingAsked(asked) || asked.order !== undefined || asked.groups.length > 0) return false;
  if (kind === undefined) {
    const thing = asked.thing ?? '';
    return !isTable(thing, of.table) && isPartOf(links, of.table, thing);
  }
  const isKind =
    more.length === 0 &&
    !isMeasure(kind) &&
    !isNumber(state, kind) &&
    !isDay(state, kind) &&
    !isLabel(state, kind);
  return isKind && (isTable(kind.table, of.table) || isPartOf(links, of.table, kind.table));
}

/** At the end, of the amount of the rows that a kind is of: `branches holding above 50,000 pounds`. */
export function holdKindToTotal(state: ParseState): void {
  const [kind] = state.asked.shown;
  const isLast = ahead(state).length === 0;
  if (!isLast || kind === undefined || isMeasure(kind) || state.said.calls.length > 0) return;
  if (state.said.compared === undefined) comparesAmountOf(state, kind.table);
}
