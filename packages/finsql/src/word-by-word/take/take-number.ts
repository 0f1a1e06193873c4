/** Numbers: of rows, or of what a column is compared with. */
import {
  ageOf,
  dimensionOf,
  isKey,
  isLabel,
  isNumber,
  soleAmount,
} from '../columns/schema-columns.ts';
import { ahead, isOrderAhead, type ParseState } from '../model/parse-state.ts';
import { isWord, type NumberMeaning } from '../model/phrase.ts';
import { type ColumnRef, type Comparison, isMeasure, isSameColumn } from '../model/reading.ts';
import { orUnread, Unread, unread } from '../model/unread.ts';
import type { Dimension } from '../words/word.ts';
import { columnBetween, compareColumn, compareNamed, scaledNumber } from './compare-column.ts';
import { takeStepAhead } from './show-steps.ts';
import { takeMeanAhead } from './take-mean.ts';
import { takePeriodsBetween } from './take-period.ts';

/** @throws Unread where another number was said and nothing of it yet */
export function takeNumber(state: ParseState, number: NumberMeaning): void {
  const { asked, said } = state;
  if (said.number !== undefined) unread('two numbers');
  if (state.chinese && isOrderAhead(state)) said.sorting = true;
  else if (said.sorts || said.top !== undefined || said.extreme !== undefined) {
    if (number.form !== 'plain' || asked.limit !== undefined) unread('a number behind top');
    asked.limit = number.value;
    return;
  }
  if (said.sign !== undefined && said.compared !== undefined) {
    compareNamed(state, said.sign, number);
  } else said.number = number;
}

/** `5 or more employees`: the column comes behind. */
export function takeOpenNumber(state: ParseState, sign: Comparison): void {
  const { said } = state;
  if (said.number === undefined) unread('or more of nothing');
  said.sign = sign;
  amountOrMore(state, sign);
}

/** `loans of 10,000 euros or more`: of the one amount of the rows, where money is said. */
function amountOrMore(state: ParseState, sign: Comparison): void {
  const { asked, said, chinese, phrases, at } = state;
  const [next] = ahead(state);
  const isOf = isWord(phrases[at - 3], 'preposition') && phrases[at - 4]?.kind === 'table';
  const isNamed = next?.kind === 'table' || next?.kind === 'column';
  if (chinese || !isOf || isNamed || asked.thing === undefined || said.compared !== undefined)
    return;
  if (said.number?.form !== 'amount') return;
  const amount = orUnread(() => soleAmount(state, asked.thing ?? ''));
  if (!(amount instanceof Unread)) compareColumn(state, amount, sign, said.number);
}

/** `more than`; `smaller than the average capacity` is all of a condition. */
export function takeCompare(state: ParseState, sign: Comparison): void {
  const { said } = state;
  if (said.sign !== undefined) unread('two comparisons');
  if (takeStepAhead(state, sign) || takeMeanAhead(state, sign)) return;
  if (takeSingleAmount(state, sign)) return;
  if (!takeAmountOfRows(state, sign)) said.sign = sign;
}

/** 单笔超过500万的申购: of the one amount of the rows behind it; whether it is so. */
function takeSingleAmount(state: ParseState, sign: Comparison): boolean {
  const { said, chinese } = state;
  const [number, rows] = ahead(state);
  const isAmount = number?.kind === 'number' && number.form === 'amount';
  const isOfRows = rows?.kind === 'value' || rows?.kind === 'table';
  if (!chinese || !said.single || !isAmount || !isOfRows || said.compared !== undefined)
    return false;
  const amount = orUnread(() => soleAmount(state, rows.table));
  if (amount instanceof Unread) return false;
  state.at++;
  compareColumn(state, amount, sign, number);
  return true;
}

/** `invoices over 5,000`: of the one amount of the rows, where nothing behind it is counted; whether it is so. */
function takeAmountOfRows(state: ParseState, sign: Comparison): boolean {
  const { said, chinese, phrases, at } = state;
  const [number, next] = ahead(state);
  const before = isWord(phrases[at - 2], 'preposition') ? phrases[at - 3] : phrases[at - 2];
  // `withdrawals above 5,000`: rows that are called by what they hold.
  const isOfKind =
    before?.kind === 'value' &&
    (before.plural === true || (!isLabel(state, before) && isOfOneTable(state, before)));
  const isOfRows = isOfKind || (before?.kind === 'table' && before.done !== true);
  if (chinese || !isOfRows || said.compared !== undefined || said.calls.length > 0) return false;
  if (number?.kind !== 'number' || number.form === 'percentage') return false;
  const isOther = number.ofRows === true || number.inOther === true || said.extreme !== undefined;
  const isCounting =
    next !== undefined &&
    (['table', 'column', 'names', 'value', 'number'].includes(next.kind) ||
      isWord(next, 'measure', 'to', 'or', 'times', 'or-more', 'or-less', 'share', 'in-percent'));
  if (isOther || isCounting) return false;
  const amount = orUnread(() => soleAmount(state, before.table));
  if (amount instanceof Unread) return false;
  state.at++;
  if (holdMeanOfRows(state, { amount, sign, number })) return true;
  compareColumn(state, amount, sign, number);
  return true;
}

/** `customers with an average invoice above 5,000`: theirs, and not single ones; whether it is so. */
function holdMeanOfRows(
  state: ParseState,
  { amount, sign, number }: { amount: ColumnRef; sign: Comparison; number: NumberMeaning },
): boolean {
  const { asked } = state;
  const mean = asked.shown.at(-1);
  const isMean = mean !== undefined && isMeasure(mean) && mean.call === 'avg' && mean.of;
  if (!isMean || !isSameColumn(isMean, amount)) return false;
  // `average invoice above 5,000`: of which rows, or whether it is so.
  const isOfOther = asked.thing !== undefined && asked.thing !== amount.table;
  if (!isOfOther || asked.shown.length > 1) unread('a measure against rows');
  asked.shown = [];
  const value = scaledNumber(state, amount, number);
  asked.having.push({ measure: { call: 'avg', of: amount }, sign, value });
  return true;
}

/** `ships older than 2010`, `valuations older than 2023`: of before that; whether a period follows. */
export function takeOlder(state: ParseState, sign: Comparison): boolean {
  const [next] = ahead(state);
  if (next?.kind !== 'period' || state.said.compared !== undefined) return false;
  state.said.period = sign === '>' ? 'before' : 'after';
  return true;
}

/** Whether no other rows are named, nor asked for. */
function isOfOneTable({ asked, phrases }: ParseState, { table }: ColumnRef): boolean {
  const isOther = phrases.some((one) => one.kind === 'table' && !one.listed && one.table !== table);
  return !isOther && (asked.thing === undefined || asked.thing === table);
}

/** `older than 30`: of the one age of what is asked for; false where a column was named. */
export function takeAge(state: ParseState, sign: Comparison): boolean {
  const { asked, said } = state;
  const [number] = ahead(state);
  if (number?.kind !== 'number' || said.compared !== undefined) return false;
  const age = ageOf(state, asked.thing ?? unread('older than, of whom'));
  if (age === undefined) unread('no age');
  state.at++;
  compareColumn(state, age, sign, number);
  return true;
}

/** `heavier than 80`: of the one weight of what is asked for; false where it has none, or a column was named. */
export function takeDimension(state: ParseState, sign: Comparison, dimension: Dimension): boolean {
  const { asked, said } = state;
  const [number, next] = ahead(state);
  const isNamed = said.compared !== undefined || next?.kind === 'column' || next?.kind === 'table';
  if (number?.kind !== 'number' || isNamed || asked.thing === undefined) return false;
  const column = dimensionOf(state, asked.thing, dimension);
  if (column === undefined) return false;
  // `longer than 3300 or higher than 100`.
  const height = dimensionOf(state, asked.thing, 'height');
  const isOfTwo = height !== undefined && !isSameColumn(height, column);
  if (isOfTwo && isWord(next, 'or') && next.sign !== undefined) unread('or of what');
  state.at++;
  compareColumn(state, column, sign, number);
  return true;
}

/** `size between 5 and 10`, `between 5 and 10 employees`, `between 2020 and 2022`. */
export function takeBetween(state: ParseState): void {
  if (takePeriodsBetween(state)) return;
  const [from, joint, to] = ahead(state);
  if (from?.kind !== 'number' || to?.kind !== 'number' || !isWord(joint, 'and', 'to')) {
    unread('between what');
  }
  state.at += 3;
  const column = takeCompared(state) ?? takeColumnAhead(state);
  if (column === undefined || !isNumber(state, column) || isKey(column)) unread('between of what');
  columnBetween(state, column, from, to);
}

/** The column named before what compares it. */
function takeCompared({ said }: ParseState): ColumnRef | undefined {
  const { compared } = said;
  said.compared = undefined;
  if (compared !== undefined && isMeasure(compared)) unread('a measure against rows');
  return compared;
}

function takeColumnAhead(state: ParseState): ColumnRef | undefined {
  const [next] = ahead(state);
  if (next?.kind !== 'column') return undefined;
  state.at++;
  return { table: next.table, column: next.column };
}
