/** A column that tells when: `hire date before 2020`. */
import {
  columnOf,
  holdsYears,
  isDay,
  isMonth,
  isMonthNumber,
  isNumber,
} from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import type { ColumnRef } from '../model/reading.ts';
import { compareColumn } from './compare-column.ts';

/** `hire date before 2020`; 2020年之前注册的客户. */
export function asDay(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const column = columnOf(state, ref);
  const isYear = /year$|年度?$/i.test(ref.column) || (column !== undefined && holdsYears(column));
  const isMonthly = !chinese && (isMonth(state, ref) || isMonthNumber(state, ref));
  const isDated = isDay(state, ref) || isYear || isMonthly;
  if (!isDated) return false;
  // `by year of loss`.
  if (isWord(behind(state), 'preposition') && isWord(state.phrases[state.at - 3], 'each-period')) {
    said.periodOf = ref;
    return true;
  }
  // `the 2023 season`.
  const isBehindPeriod = !chinese && behind(state)?.kind === 'period' && asked.periods.length > 0;
  // `2025 inceptions`.
  const own = state.phrases[state.at - 1];
  const isNoun = own?.kind === 'column' && own.done !== true && said.calls.length === 0;
  if (isBehindPeriod && (isYear || isNoun)) {
    said.periodOf = ref;
    return true;
  }
  if (isYear && asYearBefore(state, ref)) return true;
  if (said.calls.length > 0) return false;
  // 成立日期在2010年之前的基金.
  const isBeforePeriod =
    chinese && isWord(ahead(state)[0], 'preposition') && ahead(state)[1]?.kind === 'period';
  // `forwards with a value date after June`, `loans that matured in 2023`.
  const isDone = own?.kind === 'column' && own.done === true;
  const isHeld =
    !chinese && asked.conditions.length > 0 && (isDone || isWord(behind(state), 'with'));
  const [next] =
    isNothingAsked(asked) && !isBeforePeriod && !isHeld
      ? ahead(state)
      : ahead(state).filter((one) => !isOfPeriod(one));
  const isBehind = chinese && asked.periods.length === 1 && isNothingAsked(asked);
  if (next?.kind !== 'period' && !(isBehind && isOfTable(next))) return false;
  said.periodOf = ref;
  return true;
}

/** `founded before 1850`: of long ago, a year is a number. */
function asYearBefore(state: ParseState, ref: ColumnRef): boolean {
  const [sign, year] = ahead(state);
  if (!isWord(sign, 'before', 'after') || year?.kind !== 'number' || isDay(state, ref))
    return false;
  if (!/^1[0-8]\d\d$/.test(`${year.value}`) || !isNumber(state, ref)) return false;
  state.at += 2;
  compareColumn(state, ref, sign.word === 'before' ? '<' : '>', year);
  return true;
}

/** 注册的客户, 签的合同总额. */
function isOfTable(next: Meaning | undefined): boolean {
  return next?.kind === 'table' || (next?.kind === 'column' && next.total === true);
}

/** `signed up in 2023`, `hired before 2020`. */
export function isOfPeriod(one: Meaning): boolean {
  return isWord(one, 'preposition', 'before', 'after', 'since', 'until', 'end-of', 'between');
}
