/** A word that stands for no data: what it says of what comes before or behind it. */

import { compareNamed, takeSignAhead } from './compare-column.ts';
import { takeDayAhead } from './compare-columns.ts';
import { countsBeside } from './count-beside.ts';
import { countsBesideFigures } from './count-beside-figures.ts';
import { takeCountBehind } from './count-rows.ts';
import { countsRowsDone } from './count-rows-done.ts';
import { takeDoneWith } from './date-done.ts';
import { expectListed, takeRowsListed } from './expect-listed.ts';
import {
  countsEach,
  countsHeld,
  countsWithMore,
  isExtremeSaid,
  totalsBeside,
} from './han-clauses.ts';
import { leaveOut } from './leave-out.ts';
import { showMostInPercent } from './most-itself.ts';
import { orderByCount, takeDirection } from './order-rows.ts';
import { ahead, behind, isNothingAsked, type ParseState } from './parse-state.ts';
import { isWord, type WordMeaning } from './phrase.ts';
import { type Item, isMeasure, isSameColumn } from './reading.ts';
import { sumsMoney } from './rows-of-money.ts';
import { isDay, isLabel } from './schema-columns.ts';
import { takeOpenOr, takeOr } from './take-alternative.ts';
import { takeBoth } from './take-both.ts';
import { takeBut } from './take-but.ts';
import { takeBy } from './take-by.ts';
import { takeOften } from './take-done.ts';
import {
  addUpBehind,
  expectOwnColumn,
  expectRowsBehind,
  isFigureBehind,
  takeMakesUp,
} from './take-figure.ts';
import { takeIncluding } from './take-including.ts';
import { expectItem, showOwnNumber, takeLastList } from './take-last-list.ts';
import { takeEarned, takeMean } from './take-mean.ts';
import {
  expectBehind,
  isFigureAhead,
  takeExtreme,
  takeMeasure,
  takePlace,
} from './take-measure.ts';
import { takeMoney } from './take-money.ts';
import { takeAge, takeBetween, takeCompare, takeDimension, takeOpenNumber } from './take-number.ts';
import { takeOwn } from './take-own.ts';
import { isDifferenceAhead, takePercentOf } from './take-ratio.ts';
import { takeReportsTo } from './take-reports-to.ts';
import { takeUnknown } from './take-unknown.ts';
import { takeThanAverage } from './than-average.ts';
import { unread } from './unread.ts';
import type { PeriodGrain } from './word.ts';

/** @throws Unread where the word does not fit what was said before it, or nothing that it needs follows */
export function takeWord(state: ParseState, word: WordMeaning): void {
  const { asked, said } = state;
  switch (word.word) {
    case 'how-many':
      if (word.bare && isFigureBehind(state)) {
        asked.asks = 'how-much';
        return;
      }
      if (takeCountBehind(state) || countsWithMore(state) || countsEach(state, word)) return;
      if (word.times && state.chinese && countsRowsDone(state)) return;
      if (!word.times && sumsMoney(state)) return;
      if (word.times && !state.chinese) {
        takeOften(state);
        return;
      }
      // `the names, and how many orders each has`.
      if (isWord(behind(state), 'and') && asked.shown.length > 0 && !state.chinese) {
        said.counted = true;
        takeMeasure(state, 'count');
        return;
      }
      if (countsBeside(state)) return;
      asked.counting = true;
      said.ofEach ||= word.each === true;
      return;
    case 'how-much':
      if (state.phrases.slice(0, state.at).some((one) => isWord(one, 'when', 'where'))) {
        unread('two questions');
      }
      if (word.total) addUpBehind(state);
      if (isSaidBefore(state, 'how-much') && ahead(state)[0]?.kind !== 'column')
        unread('two amounts');
      if (sumsMoney(state)) return;
      // 签了多少合同.
      if (state.chinese && ahead(state)[0]?.kind === 'table') unread('how much of rows');
      asked.asks = word.word;
      said.ofEach ||= word.each === true;
      return;
    case 'list':
      if (state.chinese) takeRowsListed(state);
      expectListed(state, word.last !== undefined);
      if (word.last !== undefined) takeLastList(state, word.last);
      return;
    case 'own-number':
      if (state.chinese) expectItem(state);
      showOwnNumber(state, word.of);
      return;
    case 'of-whom':
      said.ofWhom = true;
      return;
    case 'when':
    case 'where':
      said.askedYear = word.word === 'when' && word.year === true;
      // `cities where people live` asks for cities.
      if (state.chinese || isNothingAsked(asked) || isWord(behind(state), 'and')) {
        asked.asks = word.word;
      }
      return;
    case 'who':
      // `who are professors and who live in Berlin` is one.
      if (isWord(behind(state), 'and') && !isNothingAsked(asked) && !asked.who)
        unread('two questions');
      asked.who = true;
      return;
    case 'which':
      if (isSecondQuestion(state)) unread('two questions');
      asked.listed = true;
      said.which = word.one === true;
      said.sole = word.sole === true;
      said.many ||= word.many === true;
      return;
    case 'measure':
      if (word.behind && totalsBeside(state)) return;
      if (word.behind) expectBehind(state);
      if (word.ofRows) expectOwnColumn(state);
      if (word.ofMost && !isWord(behind(state), 'extreme')) unread('an amount of what');
      if (word.call === 'count' && (orderByCount(state) || countsHeld(state))) return;
      if (word.call === 'count' && countsBesideFigures(state, word.ofThings === true)) return;
      takeMeasure(state, word.total && isFigureAhead(state) ? 'sum' : word.call);
      return;
    case 'distinct':
      said.distinct = true;
      return;
    case 'each':
      // 平均每个客户: the mean of all, or of each?
      if (state.chinese && isWord(behind(state), 'measure')) unread('a measure of each');
      // `how many orders each has`: of what is asked for.
      said.grouping =
        ahead(state).length > 0 || state.chinese || !asked.shown.some(isLabelOf(state));
      return;
    case 'by':
      takeBy(state);
      return;
    case 'sorted-by':
      said.sorting = true;
      return;
    case 'sort':
      said.sorts = true;
      return;
    case 'each-period':
    case 'which-period':
      // `quarterly revenue, quarter by quarter`.
      if (said.eachPeriod !== undefined && said.eachPeriod !== word.grain) {
        unread('two periods of groups');
      }
      // `average yearly rent`: the mean of what each period comes to, or the rent of one.
      if (
        !state.chinese &&
        isWord(behind(state), 'measure') &&
        ahead(state)[0]?.kind === 'column'
      ) {
        if (word.word === 'each-period') unread('a mean of each period');
      }
      said.eachPeriod = word.grain;
      said.whichPeriod = word.word === 'which-period';
      return;
    case 'period':
      takePeriodName(state, word.grain);
      return;
    case 'full-months':
      said.fullMonths = true;
      return;
    case 'from-before':
      said.fromBefore = {
        by: word.by,
        inPercent: word.inPercent === true,
        ...(word.grain === undefined ? {} : { grain: word.grain }),
      };
      return;
    case 'running':
      // Of no periods, it is the sum of all.
      if (state.phrases.some((one) => isWord(one, 'each-period', 'period'))) said.running = true;
      else takeMeasure(state, 'sum');
      return;
    case 'versus':
      said.versus = asked.periods.length;
      return;
    case 'descending':
    case 'ascending':
    case 'days-first':
      takeDirection(state, word);
      return;
    case 'compare':
      if (word.age && takeAge(state, word.sign)) return;
      if (word.dimension && takeDimension(state, word.sign, word.dimension)) return;
      takeCompare(state, word.sign);
      return;
    case 'or-more':
      if (!takeOpenOr(state, word.word)) takeOpenNumber(state, '>=');
      return;
    case 'or-less':
      if (!takeOpenOr(state, word.word)) takeOpenNumber(state, '<=');
      return;
    case 'between':
      takeBetween(state);
      return;
    case 'signed':
      if (takeSignAhead(state, word.sign)) return;
      compareNamed(state, word.sign, { kind: 'number', value: 0, form: 'plain', cost: 0 });
      return;
    case 'mean':
      takeMean(state, word);
      return;
    case 'not':
      said.negated = true;
      return;
    case 'without':
      said.without = true;
      return;
    case 'but':
      takeBut(state);
      return;
    case 'including':
      takeIncluding(state, word.not === true);
      return;
    case 'left-out':
      leaveOut(state);
      return;
    case 'with-none':
      said.withNone = true;
      return;
    case 'single':
      said.single = true;
      return;
    case 'only':
      // 只有2笔交易 are 2 and no more.
      said.only = ahead(state)[0]?.kind !== 'number';
      return;
    case 'both':
      takeBoth(state, word.shared === true);
      return;
    case 'nth':
      takePlace(state, word.place);
      return;
    case 'extreme':
      takeExtreme(state, word);
      return;
    case 'top':
      // 最高的前五名.
      if (state.chinese && word.descending && isExtremeSaid(state)) return;
      said.top = { descending: word.descending, ...(word.paid ? { paid: word.paid } : {}) };
      return;
    case 'before':
    case 'after':
    case 'since':
    case 'until':
    case 'end-of':
      // `from Berlin` is no period; after another day.
      if (ahead(state)[0]?.kind === 'period') said.period = word.word;
      else if (takeDayAhead(state)) {
        said.sign = word.word === 'before' ? '<' : '>';
      } else if (word.word !== 'since' && word.word !== 'until') unread('before or after what');
      return;
    case 'with-figure':
      said.figure = true;
      return;
    case 'whole':
      said.whole = word.details ? 'details' : 'information';
      return;
    case 'now':
      said.now = true;
      return;
    case 'own':
      takeOwn(state, word.soft === true);
      return;
    case 'change':
      if (said.change?.sign !== undefined) unread('two changes');
      // 2024年和2025年的金额，以及变化.
      if (state.chinese && isWord(behind(state), 'and') && asked.shown.length > 0)
        unread('a change beside figures');
      said.change = { inPercent: word.inPercent === true || said.change?.inPercent === true };
      return;
    case 'preposition':
      if (word.ofStated && ahead(state)[0]?.kind !== word.ofStated) unread('over what');
      if (word.among) said.partFrom = asked.conditions.length;
      return;
    case 'done-with':
      takeDoneWith(state);
      return;
    case 'reports-to':
      takeReportsTo(state);
      return;
    case 'percent-of':
      takePercentOf(state, word.all === true);
      return;
    case 'minus':
      if (ahead(state)[0]?.kind !== 'column') unread('minus what');
      return;
    case 'difference':
      if (!isDifferenceAhead(state)) unread('the difference of what');
      said.difference = true;
      return;
    case 'makes-up':
      if (word.rate) expectRowsBehind(state);
      takeMakesUp(state);
      return;
    case 'in-size':
      said.inSize = word.size;
      return;
    case 'in-unit':
      return;
    case 'apart':
      said.ofEach = true;
      return;
    case 'in-percent':
      showMostInPercent(state);
      said.inPercent = true;
      if (said.change !== undefined) said.change.inPercent = true;
      return;
    case 'more-then':
      if (said.change !== undefined) unread('two changes');
      said.change = { inPercent: false, sign: word.sign };
      return;
    case 'share':
      said.share = true;
      return;
    case 'copula':
      if (!isNothingAsked(asked)) said.partFrom = asked.conditions.length;
      return;
    case 'money':
      said.money = true;
      said.paid ||= word.paid === true;
      if (word.earned && takeEarned(state)) return;
      takeMoney(state);
      return;
    case 'than':
      if (!takeThanAverage(state) && said.change?.sign === undefined) unread('than what');
      return;
    case 'or':
      // `neither in Berlin nor in Paris`.
      if (word.not) said.negated = true;
      else takeOr(state, word.sign);
      return;
    case 'times':
      unread('how many times of what');
      break;
    case 'unknown':
      takeUnknown(state);
      return;
    case 'how':
      if (!state.phrases.some((one) => isWord(one, 'change', 'from-before'))) unread('how of what');
      return;
    case 'day-span':
      unread('how long of what');
  }
}

/** `how many people live in Asia, and what is the largest ...`, `the highest price, and for what lot`. */
function isSecondQuestion(state: ParseState): boolean {
  const [next, ...more] = ahead(state);
  const isMost = isWord(next, 'extreme');
  const isOfWhat = !state.chinese && next?.kind === 'table' && more.length === 0;
  if (isOfWhat && isWord(behind(state), 'preposition') && state.asked.shown.some(isMeasure))
    return true;
  return isMost && isWord(behind(state), 'and') && state.asked.shown.some(isMeasure);
}

/** Whether what is asked for is called by a column. */
function isLabelOf(state: ParseState): (item: Item) => boolean {
  return (item) => !isMeasure(item) && isLabel(state, item);
}

/** Whether a word has been said before this one. */
function isSaidBefore({ phrases, at, chinese }: ParseState, name: 'how-much'): boolean {
  return !chinese && phrases.slice(0, at - 1).some((one) => isWord(one, name));
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

/** `each quarter`, `which month`. */
function takePeriodName(state: ParseState, grain: PeriodGrain): void {
  const { said } = state;
  if (partGroup(state, grain)) return;
  const isAsked = isWord(behind(state), 'which');
  if (said.eachPeriod !== undefined || (!isAsked && !said.grouping)) unread('a period of what');
  said.eachPeriod = grain;
  said.whichPeriod = isAsked;
  said.grouping = false;
}
