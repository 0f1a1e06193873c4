/** A column compared with a number, in the unit that the column is held in. */
import { isInPercent } from '../../calibrate/percent-columns.ts';
import { COST } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';
import {
  columnOf,
  isKey,
  isMonthNumber,
  isNumber,
  scaleOf,
  soleAmount,
} from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import type { NumberMeaning } from '../model/phrase.ts';
import { type ColumnRef, type Comparison, isMeasure, isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { tellsLateness } from '../names/properties.ts';

/** @throws Unread where the column holds no numbers */
export function compareColumn(
  state: ParseState,
  column: ColumnRef,
  sign: Comparison,
  number: NumberMeaning,
): void {
  const { asked, said } = state;
  said.sign = undefined;
  said.number = undefined;
  if (number.ofRows) unread('how many times of what');
  if (!isNumber(state, column)) unread('a number compared with a text');
  if (isMonthNumber(state, column)) unread('a number compared with months');
  // `an hour (60 minutes)`.
  if (column.per !== undefined && sign === '=') unread('so many of which unit');
  if (number.form === 'amount' && isKey(column)) unread('a key compared');
  const value = scaledNumber(state, column, number);
  asked.conditions.push({ kind: 'compare', column, sign, value });
  const isBelow = sign === '<' || sign === '<=';
  if (isBelow && isSaidAsLate(state, column))
    asked.conditions.push({ kind: 'compare', column, sign: '>', value: 0 });
}

/** 逾期30天以内: of rows that are late at all; 逾期天数小于30天 is of all rows. */
function isSaidAsLate(state: ParseState, ref: ColumnRef): boolean {
  const column = columnOf(state, ref);
  const isByState = state.phrases.some(
    (one) => one.kind === 'column' && isSameColumn(one, ref) && one.cost >= COST.synonym,
  );
  return isByState && column !== undefined && tellsLateness(column);
}

/** Compares what was named last: a column's rows, or a measure's groups. */
export function compareNamed(state: ParseState, sign: Comparison, number: NumberMeaning): void {
  const { asked, said } = state;
  const { compared } = said;
  if (compared === undefined) unread('nothing to compare');
  said.compared = undefined;
  said.sign = undefined;
  if (isMeasure(compared) && number.ofRows && compared.call !== 'count') {
    unread('how many times of what');
  }
  if (isMeasure(compared)) {
    const { call, of } = compared;
    const isAmount = call !== 'count' && of !== undefined && number.form === 'amount';
    const value = isAmount ? scaledNumber(state, of, number) : number.value;
    asked.having.push({ measure: compared, sign, value });
  } else compareColumn(state, compared, sign, number);
}

/** `payments that are negative`: of rows that are named alone, their amount. */
export function compareAmountOfThing(state: ParseState): void {
  const { asked, said, chinese } = state;
  const isNamed = said.compared !== undefined || asked.conditions.length > 0;
  if (chinese || isNamed || asked.thing === undefined) return;
  if (ahead(state).length > 0 || behind(state)?.kind !== 'table') return;
  said.compared = soleAmount(state, asked.thing);
}

/** `a negative balance`: the column comes behind; whether it does. */
export function takeSignAhead(state: ParseState, sign: Comparison): boolean {
  const { said, chinese } = state;
  const [next] = ahead(state);
  if (chinese || said.compared !== undefined || next?.kind !== 'column') return false;
  if (said.calls.length > 0 || said.grouping || isKey(next)) unread('negative what');
  state.at++;
  const { kind, cost, ...named } = next;
  const zero = { kind: 'number', value: 0, form: 'plain', cost: 0 } as const;
  compareColumn(state, named, sign, zero);
  return true;
}

/** The rows where a column of numbers lies between two. */
export function columnBetween(
  state: ParseState,
  column: ColumnRef,
  from: NumberMeaning,
  to: NumberMeaning,
): void {
  state.asked.conditions.push({
    kind: 'between',
    column,
    from: scaledNumber(state, column, from),
    to: scaledNumber(state, column, to),
  });
}

/**
 * `plans with a price under 50`, of prices from 900 to 299,000 cents.
 * @throws Unread where all that is stored is larger, and not all of it as whole money
 */
function expectInCents(state: ParseState, ref: ColumnRef, value: number): void {
  const samples = (columnOf(state, ref)?.samples ?? []).map((one) => Math.abs(Number(one)));
  const stored = samples.filter((one) => one > 0);
  const isBelow = stored.length > 1 && stored.every((one) => one > value);
  const isWithin = stored.some((one) => one <= value * 100);
  if (value > 0 && scaleOf(state, ref) === 100 && isBelow && isWithin) unread('cents, or whole');
}

/** A percentage where a column holds shares; an amount in the unit that its comment tells. */
export function scaledNumber(state: ParseState, ref: ColumnRef, number: NumberMeaning): number {
  const column = columnOf(state, ref);
  const { form } = number;
  const isOfMonths =
    number.ofYears === true && wordsOf(ref.column).some((one) => /^months?$/.test(one));
  const value = isOfMonths ? number.value * 12 : number.value;
  if (form === 'plain') expectInCents(state, ref, value);
  if (column === undefined || form === 'plain') return exact(value);
  if (form === 'amount') return exact(value * (scaleOf(state, ref) ?? 1));
  if (ref.over !== undefined) return exact(value / 100);
  if (ref.steps !== undefined) unread('a percentage of what');
  // 千分之几.
  if (/千分|‰/u.test(column.comment)) return exact(value * 10);
  const samples = column.samples.map(Number).filter(Number.isFinite);
  const isWithin = samples.some((one) => one <= value) && samples.some((one) => one >= value);
  const isCalledSo = isInPercent(column) || (/pct|percent/i.test(column.name) && isWithin);
  const isShare =
    !isCalledSo && samples.length > 0 && samples.every((sample) => Math.abs(sample) <= 1);
  if (!isShare && samples.some((sample) => Math.abs(sample) > 1000)) unread('a percentage of what');
  return isShare ? exact(value / 100) : value;
}

/** Without the error of binary fractions. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
