/** Words for periods, and those before them: `each quarter`, `which month`, `before 2024`, `cumulative`. */
import { isDay } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { PeriodGrain, PeriodWord } from '../words/word.ts';
import { takeDayAhead } from './compare-columns.ts';
import { takeMeasure } from './take-measure.ts';

/** Rows are grouped by periods. @throws Unread where they already are by others, or a mean is of them */
export function takeEachPeriod(
  state: ParseState,
  word: 'each-period' | 'which-period',
  grain: PeriodGrain,
): void {
  const { said } = state;
  // `quarterly revenue, quarter by quarter`.
  if (said.eachPeriod !== undefined && said.eachPeriod !== grain) {
    unread('two periods of groups');
  }
  // `average yearly rent`: the mean of what each period comes to, or the rent of one.
  const [next] = ahead(state);
  const before = behind(state);
  const isMean = isWord(before, 'measure') && before.call === 'avg';
  const isFigure = next?.kind === 'column' || (next?.kind === 'table' && isMean);
  if (!state.chinese && isWord(before, 'measure') && isFigure) {
    if (word === 'each-period') unread('a mean of each period');
  }
  said.eachPeriod = grain;
  said.whichPeriod = word === 'which-period';
}

/** `each quarter`, `which month`. @throws Unread where nothing says that it is of groups */
export function takePeriodName(state: ParseState, grain: PeriodGrain): void {
  const { said } = state;
  if (partGroup(state, grain)) return;
  const isAsked = isWord(behind(state), 'which');
  if (said.eachPeriod !== undefined || (!isAsked && !said.grouping)) unread('a period of what');
  said.eachPeriod = grain;
  said.whichPeriod = isAsked;
  said.grouping = false;
}

/** `by inception year`: of the day that rows are grouped by, its year; whether it is so. */
function partGroup(state: ParseState, grain: PeriodGrain): boolean {
  const { asked } = state;
  const before = behind(state);
  const last = asked.groups.at(-1);
  if (state.chinese || before?.kind !== 'column' || last === undefined) return false;
  if (last.part !== undefined || !isSameColumn(last, before) || !isDay(state, last)) return false;
  asked.groups = [...asked.groups.slice(0, -1), { ...last, part: grain }];
  return true;
}

/** `cumulative`: added up from period to period. @throws Unread where there are none and another measure is said */
export function takeRunning(state: ParseState): void {
  const { said } = state;
  // Of no periods, it is the sum of all.
  if (state.phrases.some((one) => isWord(one, 'each-period', 'period'))) said.running = true;
  else takeMeasure(state, 'sum');
}

/** A period is bounded, or a day by another of the row. @throws Unread where neither follows */
export function takeBeforeOrAfter(state: ParseState, word: PeriodWord): void {
  const { said } = state;
  // `from Berlin` is no period; after another day.
  if (ahead(state)[0]?.kind === 'period') said.period = word;
  else if (takeDayAhead(state)) {
    said.sign = word === 'before' ? '<' : '>';
  } else if (word !== 'since' && word !== 'until') unread('before or after what');
}
