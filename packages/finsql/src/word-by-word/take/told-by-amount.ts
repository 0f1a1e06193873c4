/** Rows that are called nothing and are told by what they come to: `the five largest bills with the owner`. */
import { hasLabel, labelColumns } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isSameColumn } from '../model/reading.ts';

/** Whether the most of rows without a name are asked for, with something beside them. */
export function isToldByAmount(state: ParseState, rows: string): boolean {
  const { extreme, extremeThing } = state.said;
  return extreme?.of === 'any' && extremeThing === true && isUnnamedBeside(state, rows);
}

/** Whether the amount that rows are the most by is shown beside what is. */
export function showsAmount(state: ParseState, thing: string, amount: ColumnRef): boolean {
  const { shown } = state.asked;
  const isShown = shown.some((item) => !isMeasure(item) && isSameColumn(item, amount));
  const isMost = state.phrases.some((one) => isWord(one, 'extreme') && one.of === 'any');
  const isPlain = !isShown && shown.length > 0 && !shown.some(isMeasure);
  return isMost && isPlain && isUnnamedBeside(state, thing);
}

/** Whether something is to be shown beside rows that are called nothing. */
function isUnnamedBeside(state: ParseState, rows: string): boolean {
  const { phrases, chinese } = state;
  const isBeside = phrases.some((one) => isWord(one, 'with', 'with-own'));
  const isListed = phrases.some((one) => isWord(one, 'list') && one.last !== undefined);
  return !chinese && isBeside && !isListed && !isNamed(state, rows);
}

/** Whether rows are called by a name, and not by a number alone. */
function isNamed(state: ParseState, rows: string): boolean {
  return (
    hasLabel(state, rows) &&
    !labelColumns(state, rows).every(({ column }) => /(?:number|no|code|ticket)$/i.test(column))
  );
}
