/** The state of a parse before its first phrase: units go to their numbers, and what says nothing is left out. */
import type { Asked } from '../model/asked.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import type { Said } from '../model/said.ts';
import { unread } from '../model/unread.ts';
import { joinDaySpans } from './day-spans.ts';
import { expectUnits } from './expect-units.ts';
import { withGroupsFirst } from './first-by-size.ts';
import { withOneNoun } from './kinds-of-rows.ts';
import { withOpenNumbers } from './open-numbers.ts';

/**
 * The state before the first phrase.
 * @throws Unread for a unit that is of nothing, and for a number of days that nothing tells the days of
 */
export function startParse(
  meanings: readonly Meaning[],
  { schema, links, chinese }: Pick<ParseState, 'schema' | 'links' | 'chinese'>,
): ParseState {
  expectUnits(meanings, { schema, chinese });
  // What stands between all and their part says nothing elsewhere.
  const isShare = meanings.some((one) => isWord(one, 'share'));
  const saysNothing = (one: Meaning) =>
    isWord(one, 'noise', 'named') || (isWord(one, 'copula') && !isShare);
  const telling = meanings.filter((one) => !saysNothing(one));
  const open = chinese ? telling : withOpenNumbers(telling);
  const ordered = chinese ? open : withGroupsFirst(withOneNoun(open));
  const phrases = joinDaySpans(ordered, { schema, chinese });
  const isSpan = phrases.some((one) => isWord(one, 'since', 'between'));
  const isOfOneDay = phrases.some((one, at) => isOfDays(one, phrases[at - 1]));
  if (!chinese && isOfOneDay && !isSpan) unread('how many days');
  return {
    phrases: phrases.map(withCounter).filter((one) => !isWord(one, 'unit')),
    schema,
    links,
    chinese,
    at: 0,
    asked: nothingAsked(),
    said: nothingSaid(telling.some(chinese ? isUnitAsked : isMoneyAsked)),
  };
}

function nothingAsked(): Asked {
  return {
    shown: [],
    conditions: [],
    groups: [],
    having: [],
    tables: [],
    periods: [],
    counting: false,
    who: false,
    listed: false,
    distinct: false,
    implicit: false,
  };
}

function nothingSaid(unitAsked: boolean): Said {
  return {
    calls: [],
    distinct: false,
    grouping: false,
    sorting: false,
    sorts: false,
    extremeThing: false,
    negated: false,
    without: false,
    tableMeasured: false,
    money: false,
    paid: false,
    now: false,
    figure: false,
    share: false,
    unitAsked,
    inPercent: false,
    which: false,
    whichPeriod: false,
    fullMonths: false,
  };
}

function isUnitAsked(one: Meaning, at: number, all: readonly Meaning[]): boolean {
  const unit = all[at + 1];
  return isWord(one, 'how-many') && isWord(unit, 'unit') && unit.counts !== true;
}

/** `rewards in dollars`. */
function isMoneyAsked(one: Meaning, at: number, all: readonly Meaning[]): boolean {
  return isWord(one, 'unit') && one.money === true && all[at - 1]?.kind !== 'number';
}

/** 25张 is a number of rows. */
function withCounter(one: Meaning, at: number, all: readonly Meaning[]): Meaning {
  const unit = all[at + 1];
  // `how many dollars`.
  if (isWord(one, 'how-many') && isWord(unit, 'unit') && unit.money === true)
    return { kind: 'word', word: 'how-much', cost: one.cost };
  if (one.kind !== 'number' || !isWord(unit, 'unit')) return one;
  if (unit.counts === true) return { ...one, ofRows: true };
  // `above 100,000 euros`: in the unit that a column is held in; `5,000 in whole currency units`.
  if (unit.money === true) return one.form === 'plain' ? { ...one, form: 'amount' } : one;
  const ofPeople = unit.behind === true && unit.days !== true ? ({ ofPeople: true } as const) : {};
  return { ...one, inOther: true, ...ofPeople, ...(unit.years === true ? { ofYears: true } : {}) };
}

/** `average number of days buyers take`: of two days of a row, and no column. */
function isOfDays(one: Meaning, before: Meaning | undefined): boolean {
  const isCounted = isWord(before, 'measure') && before.call === 'count';
  return isWord(one, 'unit') && one.days === true && one.hours !== true && isCounted;
}
