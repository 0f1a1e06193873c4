/** Days, months and years that rows are of. */
import { periodAround } from '../../retrieval/quantities/calendar.ts';
import { isQuantity } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, type PeriodMeaning } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';
import type { PeriodWord } from '../words/word.ts';
import { isApartAhead } from './show-apart.ts';

const SIGNS = { before: '<', after: '>', since: '>=', until: '<=' } as const;

/** `in 2020`, `before May 2021`, `from 2020 to 2022`, `in 2014 and 2015`, 2024年底. */
export function takePeriod(state: ParseState, { from: begins, to }: PeriodMeaning): void {
  const { periods } = state.asked;
  state.said.dated ??= tableBefore(state);
  state.said.figureDated ??= figureBehind(state);
  const before = state.said.period ?? takePeriodWordAhead(state);
  // `from March to October 2025` says where it ends.
  const said = before === 'since' && isStretch(begins, to) ? undefined : before;
  state.said.period = undefined;
  // 截至2024年末, 2024年底以前: of its last day.
  const other = said === undefined ? undefined : takePeriodWordAhead(state);
  if (other !== undefined && (said === 'end-of') === (other === 'end-of')) unread('two periods');
  const isEnd = other !== undefined;
  const from = isEnd ? to : begins;
  const ended = other === 'before' ? 'until' : other;
  const word = said === 'end-of' ? (ended ?? said) : said;
  // A change is from the one to the other.
  const isOfChange = state.said.change !== undefined && (word === undefined || word === 'since');
  if (isOfChange) {
    if (word === 'since') state.said.changeFrom = true;
    periods.push({ from, to, ends: false });
    takeOtherAhead(state);
    return;
  }
  // `in 2001 or before`.
  const open = word === undefined ? takeOpenAhead(state) : undefined;
  if (open !== undefined) {
    periods.push({ from, to, sign: open, ends: false });
    return;
  }
  const end = takeEndAhead(state, word, to);
  if (end !== undefined) periods.push({ from, to: end, ends: false });
  else if (word === undefined || word === 'end-of') {
    periods.push({ from, to, ends: word === 'end-of' });
  } else periods.push({ from, to, sign: SIGNS[word], ends: false });
}

/** Whether a period is none of the calendar, but goes from the one to another. */
function isStretch(from: string, to: string): boolean {
  const grains = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
  return !grains.some((grain) => {
    const whole = periodAround(from, grain, 0);
    return whole.from === from && whole.to === to;
  });
}

/** Not where another period follows: `in 2001 or before 1990`. */
function takeOpenAhead(state: ParseState): '>=' | '<=' | undefined {
  const [next, beyond] = ahead(state);
  if (!isWord(next, 'or-more', 'or-less') || beyond?.kind === 'period') return undefined;
  state.at++;
  return next.word === 'or-more' ? '>=' : '<=';
}

/** The table that is named right before a period: `orders in 2021`. */
function tableBefore({ phrases, at, chinese }: ParseState): string | undefined {
  const isBetween = (one: Meaning) =>
    isWord(one, 'preposition', 'before', 'after', 'since', 'until', 'end-of', 'both');
  const named = phrases.slice(0, at - 1).findLast((one) => !isBetween(one));
  return named?.kind === 'table' && !chinese ? named.table : undefined;
}

/** The table of the figure that a Chinese period stands right before: 2024年最大回撤. */
function figureBehind(state: ParseState): string | undefined {
  const [next] = ahead(state);
  const isFigure = state.chinese && next?.kind === 'column' && !next.done;
  return isFigure && isQuantity(state, next) ? next.table : undefined;
}

/** `to 2024` behind the first period of a change. */
function takeOtherAhead(state: ParseState): void {
  const [joint, other] = ahead(state);
  if (other?.kind !== 'period' || !isWord(joint, 'to', 'until', 'preposition', 'and')) return;
  state.at += 2;
  state.asked.periods.push({ from: other.from, to: other.to, ends: false });
}

/** The periods behind `between`; false where none stand there. */
export function takePeriodsBetween(state: ParseState): boolean {
  const [from, joint, to] = ahead(state);
  if (from?.kind !== 'period') return false;
  // `between March and June 2024`, `between 1 and 15 May 2024` is one from the first to the last of them.
  const isYear = from.from.slice(4) === '-01-01' && from.to.slice(4) === '-12-31';
  if (!isWord(joint, 'and') && state.said.change === undefined && !isYear) {
    state.at++;
    state.asked.periods.push({ from: from.from, to: from.to, ends: false });
    return true;
  }
  if (to?.kind !== 'period') return false;
  state.at += 3;
  const ends = { from: from.from, to: to.to, ends: false };
  const each = [from, to].map((one) => ({ from: one.from, to: one.to, ends: false }));
  state.asked.periods.push(...(state.said.change === undefined ? [ends] : each));
  return true;
}

/** 2020年之前, 2024年底. */
function takePeriodWordAhead(state: ParseState): PeriodWord | undefined {
  const [next] = ahead(state);
  if (!state.chinese || !isWord(next, 'before', 'after', 'since', 'until', 'end-of')) {
    return undefined;
  }
  state.at++;
  return next.word;
}

/** The last day of a second period that goes on from the first. */
function takeEndAhead(
  state: ParseState,
  word: PeriodWord | undefined,
  to: string,
): string | undefined {
  const [joint, last] = ahead(state);
  if (last?.kind !== 'period') return undefined;
  const isNextYear = Number(last.from.slice(0, 4)) === Number(to.slice(0, 4)) + 1;
  // `sales in 2024 and 2025, and the growth`.
  const isOfTwo = ahead(state).some((one) => isWord(one, 'change', 'apart'));
  const isJoint =
    word === undefined &&
    isWord(joint, 'and', 'or') &&
    isNextYear &&
    !state.said.both &&
    !isApartAhead(state) &&
    !isOfTwo;
  // 2020年7月到2021年6月.
  const isSpan = state.chinese && word === undefined && isWord(joint, 'to');
  const isRange = isSpan || (word === 'since' && isWord(joint, 'to', 'until', 'preposition'));
  if (!isJoint && !isRange) return undefined;
  state.at += 2;
  return last.to;
}
