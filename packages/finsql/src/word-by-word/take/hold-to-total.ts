/** Things by the total of what they have many of: `customers who spent more than 1,000 in total`. */
import { findTable, fold } from '../../schema/schema.ts';
import { tableWords } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, figureNamed, isNumber, soleAmount, solePrice } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure } from '../model/reading.ts';
import { orUnread, Unread, unread } from '../model/unread.ts';
import { scaledNumber } from './compare-column.ts';
import { owedFigure } from './owed.ts';
import { thingOf } from './thing-of.ts';

/**
 * Holds what is asked for to a total that no column was named for.
 * @throws Unread where nothing tells what is added up
 */
export function holdToTotal(state: ParseState): void {
  const { asked, said } = state;
  const { sign, number, calls } = said;
  const [call, ...more] = calls;
  if (sign === undefined || number === undefined || said.compared !== undefined) return;
  // `companies`, where those are a kind of clients.
  const thing = asked.thing ?? (asked.conditions.length > 0 ? thingOf(asked) : undefined);
  if (call !== 'sum' || more.length > 0 || thing === undefined) return;
  if (asked.shown.some(isMeasure) || number.form === 'percentage' || number.ofRows) {
    unread('a total of what');
  }
  const of = amountOf(state, thing);
  said.sign = undefined;
  said.number = undefined;
  said.calls = [];
  asked.tables.push(of.table);
  const value = number.form === 'amount' ? scaledNumber(state, of, number) : number.value;
  asked.having.push({ measure: { call, of }, sign, value });
}

/**
 * What is paid for or by things: their own amount, or that of the only rows that belong to them.
 * @throws Unread where there is none, or several
 */
export function amountPaid(state: ParseState, thing: string): ColumnRef {
  const owed = state.said.owed ? owedFigure(state, thing) : undefined;
  if (owed !== undefined) return owed;
  const own = orUnread(() => soleAmount(state, thing));
  const isSpent = state.said.money && !state.chinese;
  if (isSpent && PLANNED.test(tableWords(thing).join(' '))) unread('what is planned');
  if (!(own instanceof Unread)) return own;
  // `what did we pay for the house`: what it was bought for.
  const isMoney =
    isSpent || state.phrases.some((one) => isWord(one, 'measure') && one.money === true);
  const bought = isMoney ? figureNamed(state, thing, BOUGHT) : undefined;
  if (bought !== undefined) return bought;
  const cost = isMoney ? figureNamed(state, thing, /(?:^|_)cost(?:_|$)/i) : undefined;
  if (cost !== undefined && addsUp(state, cost)) return cost;
  return state.said.money && !state.chinese ? amountOf(state, thing) : unread(own.message);
}

const PLANNED = /\b(?:budget|plan|target|forecast)/;
const BOUGHT = /(?:^|_)(?:buy|bought|purchase|acq(?:uisition)?)_?(?:px|price|cost|amt|amount)$/i;

/** `how much did Smith spend`, where he has no amount himself; undefined where no money changes hands. */
export function moneyAsked(state: ParseState, thing: string): Item | undefined {
  const own = orUnread(() => solePrice(state, thing));
  if (!(own instanceof Unread) || !state.said.money || state.chinese) return undefined;
  return { call: 'sum', of: amountPaid(state, thing) };
}

/** `which customer spent the most`. */
export function orderByMoney(state: ParseState): void {
  const { asked, said, chinese } = state;
  if (chinese || !said.money || said.extreme?.of !== 'count' || asked.order !== undefined) return;
  const [only, ...more] = asked.shown;
  if (asked.shown.some(isMeasure) || said.calls.length > 0) return;
  // `which appeal raised the most`, where appeals are a column.
  const kind = only === undefined || isMeasure(only) || more.length > 0 ? undefined : only.table;
  const thing = asked.thing ?? kind;
  if (thing === undefined) return;
  const { descending } = said.extreme;
  said.extreme = undefined;
  const of = amountPaid(state, thing);
  asked.tables.push(of.table);
  asked.order = { by: { call: 'sum', of }, descending };
}

/** The amount of the table that is named beside the thing, or of the only one whose rows belong to things. */
function amountOf(state: ParseState, thing: string): ColumnRef {
  const others = [...new Set(state.asked.tables.map(fold))].filter((one) => one !== fold(thing));
  if (others.length === 0 && !state.said.money) unread('the total of what');
  const all = state.schema.tables.map(({ name }) => fold(name));
  const [amount, ...more] = amountsIn(state, thing, others.length > 0 ? others : all);
  return amount === undefined || more.length > 0 ? unread('the total of what') : amount;
}

function amountsIn(state: ParseState, thing: string, tables: readonly string[]): ColumnRef[] {
  const owned = tables.filter(
    (table) => table !== fold(thing) && isPartOf(state.links, table, thing),
  );
  return owned.flatMap((table) => {
    const found = orUnread(() => soleAmount(state, findTable(state.schema, table)?.name ?? table));
    return found instanceof Unread ? [] : found;
  });
}

/** `with an order amount over 1,000 in total`: not of each row, as it seemed; whether it is so. */
export function sumUpLast({ asked, said, ...state }: ParseState): boolean {
  const last = asked.conditions.at(-1);
  if (last?.kind !== 'compare' || typeof last.value !== 'number' || said.calls.length > 0)
    return false;
  const { column, sign, value } = last;
  const isOfOthers = asked.thing !== undefined && fold(asked.thing) !== fold(column.table);
  if (!isOfOthers || !isNumber(state, column) || !addsUp(state, column)) return false;
  asked.conditions.pop();
  asked.having.push({ measure: { call: 'sum', of: column }, sign, value });
  return true;
}

/** `how many seats are there in total`, where a column holds how many each has. */
export function sumUpCounted(state: ParseState): void {
  const { asked, said } = state;
  const [only, ...more] = asked.shown;
  if (said.calls.length !== 1 || said.calls[0] !== 'sum') return;
  // `what have we drawn altogether`.
  const last = state.phrases.findLast((one) => !isWord(one, 'in-size', 'and'));
  const isAdverb = state.phrases.some((one) => isWord(one, 'measure') && one.adverb === true);
  const isLast = (isWord(last, 'measure') || isAdverb) && !state.chinese && isAdded(state);
  if (!isLast && !asksHowMany(state)) return;
  if (only === undefined || more.length > 0 || isMeasure(only) || !isNumber(state, only)) return;
  asked.shown = [{ call: 'sum', of: only }];
  said.calls = [];
}

/** Whether the one column that is shown is no total itself. */
function isAdded({ asked, ...state }: ParseState): boolean {
  const [only] = asked.shown;
  return (
    only !== undefined &&
    !isMeasure(only) &&
    isNumber(state, only) &&
    addsUp(state, only) &&
    !/total/i.test(only.column)
  );
}

/** `how many rooms`, where a column of single rows holds it. */
export function asksHowMany({ phrases }: ParseState): boolean {
  return phrases.some((one) => isWord(one, 'how-many'));
}
