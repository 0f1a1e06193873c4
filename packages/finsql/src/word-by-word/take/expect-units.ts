/** Units that are of no number, and money that may be of one currency: what a question is not read with. */
import { findTable, type Schema } from '../../schema/schema.ts';
import { CURRENCY_NAME } from '../columns/currency-name.ts';
import { isDay } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import { expectItemsNamed } from './list-items.ts';

/** @throws Unread for a unit that no number stands before, for items without names, and for about so many */
export function expectUnits(
  meanings: readonly Meaning[],
  { schema, chinese }: Pick<ParseState, 'schema' | 'chinese'>,
): void {
  if (meanings.some((one, at) => isUnitOfNothing(one, meanings[at - 1])))
    unread('a unit of nothing');
  if (chinese) expectItemsNamed(meanings);
  const heard = chinese ? [] : meanings.filter((one) => !isWord(one, 'noise'));
  if (heard.some((one, at) => isUnitShown(one, heard[at - 1]))) unread('a unit of nothing');
  // `by inception year`: a part of the day.
  const isPartOfDay = (one: Meaning, at: number) => {
    const before = heard[at - 1];
    const isPeriod = isWord(one, 'unit') && one.period === true;
    return isPeriod && before?.kind === 'column' && isDay({ schema, chinese }, before);
  };
  if (heard.some(isPartOfDay)) unread('a unit of nothing');
  if (
    !chinese &&
    meanings.some((one, at) => isMoneyOfRows(one, meanings[at - 1], meanings[at + 1]))
  )
    unread('money of rows');
  const isOfCurrency = (one: Meaning, at: number) =>
    isMoneyOfFigure(schema, one, meanings[at - 1], meanings[at + 1]);
  if (!chinese && meanings.some(isOfCurrency)) unread('money of rows');
  // `about 30` is not 30.
  if (meanings.some((one, at) => isAbout(one) && meanings[at + 1]?.kind === 'number')) {
    unread('about so many');
  }
}

function isAbout(one: Meaning): boolean {
  return isWord(one, 'preposition') && one.about === true;
}

/** `dollar bonds`: of one currency. */
function isMoneyOfRows(
  one: Meaning,
  before: Meaning | undefined,
  next: Meaning | undefined,
): boolean {
  const isOfFigure = before?.kind === 'number' || isWord(before, 'preposition');
  return isWord(one, 'unit') && one.money === true && next?.kind === 'table' && !isOfFigure;
}

/** `euro volume`, where amounts are in several currencies. */
function isMoneyOfFigure(
  schema: Schema,
  one: Meaning,
  before: Meaning | undefined,
  next: Meaning | undefined,
): boolean {
  const isOfFigure = before?.kind === 'number' || isWord(before, 'preposition', 'and');
  if (!isWord(one, 'unit') || !one.money || next?.kind !== 'column' || isOfFigure) return false;
  const columns = findTable(schema, next.table)?.columns ?? [];
  return columns.some(({ name, samples }) => CURRENCY_NAME.test(name) && samples.length > 1);
}

function isUnitOfNothing(one: Meaning, before: Meaning | undefined): boolean {
  const isOfNumber = before?.kind === 'number' || isWord(before, 'how-much', 'how-many');
  if (!isWord(one, 'unit')) return false;
  const isAsked = one.period === true && isWord(before, 'which', 'each', 'by');
  if (one.ofPeriod === true) return before?.kind !== 'period' && !isWord(before, 'each-period');
  return isAsked || (one.behind === true && !isOfNumber);
}

/** `built before 1980, with the year`, `by fuel and month`: no unit, but a figure or a period. */
function isUnitShown(one: Meaning, before: Meaning | undefined): boolean {
  if (!isWord(one, 'unit')) return false;
  return one.period === true || one.days === true
    ? isWord(before, 'with', 'with-own', 'and')
    : false;
}
