/** How many of what is asked for, and not how many of itself. */
import { isPartOf } from '../columns/part-of.ts';
import { isKey, isLabel } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type Item, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { expectMany } from '../take/count-rows-done.ts';
import { thingOf } from '../take/thing-of.ts';

/** `how many customers are there`. @throws Unread where nothing is to be counted, or something else is shown */
export function countThing(state: ParseState): void {
  const { asked } = state;
  if (!asked.counting) return;
  // `how many no-shows`, 有多少笔申购: what is held tells what is counted.
  const isHeld = asked.conditions.length > 0;
  const thing = asked.thing ?? (isHeld ? thingOf(asked) : undefined);
  if (thing === undefined || asked.shown.length > 0) unread('counts nothing');
  if (asked.thing === undefined) expectMany(state, thing);
  asked.shown.push({ call: 'count', rows: thing });
}

/** @throws Unread for `customers with more than 5 customers` */
export function expectOthersCounted(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.whichPeriod) return;
  const isRow = (item: Item) => !isMeasure(item) && (isLabel(state, item) || isKey(item));
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count';
  if (asked.groups.length > 0 || !(asked.shown.every(isRow) || asked.shown.every(isCount))) return;
  const countsItself = ({ rows }: { readonly rows?: string }) => isTable(rows, thing);
  if (asked.having.some(({ measure }) => countsItself(measure))) unread('counts itself');
  // 开户超过两个的公司: of one account there is one company.
  const isOne = ({ rows }: { readonly rows?: string }) =>
    rows !== undefined && isPartOf(state.links, thing, rows) && !isPartOf(state.links, rows, thing);
  if (asked.having.some(({ measure }) => isOne(measure))) unread('how many of its one');
}
