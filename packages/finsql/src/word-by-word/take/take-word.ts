/** A word that stands for no data: what it says of what comes before or behind it. */
import { isPartOf } from '../columns/part-of.ts';
import { isLabel } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import { type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isOverRows, sumOfAll } from '../phrases/amounts-of-all.ts';
import type { PeriodWord, Word } from '../words/word.ts';
import { compareAmountOfThing, compareNamed, takeSignAhead } from './compare-column.ts';
import { takeDoneWith } from './date-done.ts';
import { expectListed, takeRowsListed } from './expect-listed.ts';
import { isExtremeSaid } from './han-clauses.ts';
import { leaveOut } from './leave-out.ts';
import { takeDirection } from './order-rows.ts';
import { takeOpenOr, takeOr } from './take-alternative.ts';
import { askWhen, askWhich, askWho } from './take-asking-word.ts';
import { takeBoth } from './take-both.ts';
import { takeBut } from './take-but.ts';
import { takeBy } from './take-by.ts';
import { takeChange, takeFromBefore, takeInPercent, takeMoreThen } from './take-change-word.ts';
import { expectRowsBehind, takeMakesUp, takeRate } from './take-figure.ts';
import { takeGap } from './take-gap.ts';
import { takeHowMany, takeHowMuch } from './take-how-many.ts';
import { takeIncluding } from './take-including.ts';
import { expectItem, showOwnNumber, takeLastList } from './take-last-list.ts';
import { takeEarned, takeMean } from './take-mean.ts';
import { takeExtreme, takePlace } from './take-measure.ts';
import { takeMeasureWord } from './take-measure-word.ts';
import { expectOwnMoney, takeMoney } from './take-money.ts';
import { takeNeverDone } from './take-never-done.ts';
import {
  takeAge,
  takeBetween,
  takeCompare,
  takeDimension,
  takeOlder,
  takeOpenNumber,
} from './take-number.ts';
import { takeOwn } from './take-own.ts';
import {
  takeBeforeOrAfter,
  takeEachPeriod,
  takePeriodName,
  takeRunning,
} from './take-period-word.ts';
import { isDifferenceAhead, takePercentOf } from './take-ratio.ts';
import { takeReportsTo, takeUnder } from './take-reports-to.ts';
import { takeRowSize } from './take-row-size.ts';
import { takeOfThose, takeSome } from './take-those.ts';
import { takeUnknown } from './take-unknown.ts';
import { takeValuesApart } from './take-values-apart.ts';
import { takeVersus } from './take-versus.ts';
import { takeThanAverage } from './than-average.ts';

type Name = Word['word'];
type Named<Own extends Name> = WordMeaning & { readonly word: Own };
type Take<Own extends Name> = (state: ParseState, word: Named<Own>) => void;

/** @throws Unread where the word does not fit what was said before it, or nothing that it needs follows */
export function takeWord<Own extends Name>(state: ParseState, word: Named<Own>): void {
  const name: Own = word.word;
  TAKES[name](state, word);
}

/** Words that say something where others look for them, and nothing by themselves. */
const byOthers = (): void => {};

/** What each word does; a word without an entry does not compile. */
const TAKES: { readonly [Own in Name]: Take<Own> } = {
  // What is asked for.
  who: askWho,
  which: askWhich,
  when: takeWhen,
  where: takeWhen,
  list: takeList,
  'own-number': (state, { of }) => {
    if (state.chinese) expectItem(state);
    showOwnNumber(state, of);
  },
  'of-whom': ({ said }) => {
    said.ofWhom = true;
  },
  whole: ({ said }, { details }) => {
    said.whole = details ? 'details' : 'information';
  },
  'with-figure': ({ said }) => {
    said.figure = true;
  },
  'with-own': byOthers,
  with: byOthers,
  named: byOthers,
  // Counts, sums and means.
  'how-many': takeHowMany,
  'how-much': takeHowMuch,
  measure: takeMeasureWord,
  weighed: ({ said }, { by }) => {
    said.weight = by;
  },
  'row-size': takeRowSize,
  single: ({ said }) => {
    said.single = true;
  },
  distinct: ({ said }) => {
    said.distinct = true;
  },
  money: takeMoneyWord,
  unit: byOthers,
  'in-size': ({ said }, { size }) => {
    said.inSize = size;
  },
  'in-unit': byOthers,
  'day-span': () => unread('how long of what'),
  // Groups.
  each: takeEach,
  by: takeBy,
  apart: ({ said, chinese }) => {
    if (chinese) said.ofEach = true;
    else said.apart = true;
  },
  'with-none': ({ said }) => {
    said.withNone = true;
  },
  // What rows are held to.
  not: ({ said }) => {
    said.negated = true;
  },
  without: ({ said }) => {
    said.without = true;
  },
  'never-done': takeNeverDone,
  'done-with': takeDoneWith,
  'reports-to': takeReportsTo,
  under: takeUnder,
  but: takeBut,
  both: (state, { shared }) => takeBoth(state, shared === true),
  or: (state, { not, sign }) => {
    // `neither in Berlin nor in Paris`.
    if (not) state.said.negated = true;
    else takeOr(state, sign);
  },
  'left-out': (state, { twice }) => leaveOut(state, twice === true),
  only: (state) => {
    // 只有2笔交易 are 2 and no more.
    state.said.only = ahead(state)[0]?.kind !== 'number';
  },
  'with-some': takeSome,
  unknown: takeUnknown,
  now: ({ said }) => {
    said.now = true;
  },
  preposition: takePreposition,
  // What figures are compared with.
  compare: (state, { age, sign, dimension }) => {
    if (age && (takeAge(state, sign) || takeOlder(state, sign))) return;
    if (dimension && takeDimension(state, sign, dimension)) return;
    takeCompare(state, sign);
  },
  'or-more': (state, { word }) => {
    if (!takeOpenOr(state, word)) takeOpenNumber(state, '>=');
  },
  'or-less': (state, { word }) => {
    if (!takeOpenOr(state, word)) takeOpenNumber(state, '<=');
  },
  between: takeBetween,
  and: byOthers,
  to: byOthers,
  including: (state, { not }) => takeIncluding(state, not === true),
  signed: (state, { sign }) => {
    if (takeSignAhead(state, sign)) return;
    compareAmountOfThing(state);
    compareNamed(state, sign, { kind: 'number', value: 0, form: 'plain', cost: 0 });
  },
  mean: takeMean,
  times: () => unread('how many times of what'),
  own: (state, { soft }) => takeOwn(state, soft === true),
  than: (state) => {
    if (!takeThanAverage(state) && state.said.change?.sign === undefined) unread('than what');
  },
  // Orders.
  'sorted-by': ({ said }) => {
    said.sorting = true;
  },
  sort: (state) => {
    state.said.sorts = true;
    // 各业务员的销售额排名: nothing says by what, or in which direction.
    const isLast = state.chinese && ahead(state).length === 0 && !state.said.sorting;
    if (isLast && state.said.ordered === undefined && state.asked.order === undefined)
      takeDirection(state, { kind: 'word', word: 'descending', cost: 0 });
  },
  descending: takeDirection,
  ascending: takeDirection,
  'days-first': takeDirection,
  extreme: takeExtreme,
  nth: (state, { place }) => takePlace(state, place),
  top: (state, { descending, paid }) => {
    // 最高的前五名.
    if (state.chinese && descending && isExtremeSaid(state)) return;
    state.said.top = { descending, ...(paid ? { paid } : {}) };
  },
  // Periods, and one against another.
  before: takeBeforeOrAfterWord,
  after: takeBeforeOrAfterWord,
  since: takeBeforeOrAfterWord,
  until: takeBeforeOrAfterWord,
  'end-of': takeBeforeOrAfterWord,
  'each-period': takePeriodAsked,
  'which-period': takePeriodAsked,
  period: (state, { grain }) => takePeriodName(state, grain),
  'full-months': ({ said }) => {
    said.fullMonths = true;
  },
  change: (state, { inPercent }) => takeChange(state, inPercent === true),
  'from-before': takeFromBefore,
  'more-then': (state, { sign }) => {
    if (sign === '<' && takeValuesApart(state)) return;
    takeMoreThen(state, sign);
  },
  how: (state) => {
    if (!state.phrases.some((one) => isWord(one, 'change', 'from-before'))) unread('how of what');
  },
  running: takeRunning,
  versus: takeVersus,
  'the-others': () => unread('which others'),
  // Parts of all, differences and ratios.
  share: ({ said }) => {
    said.share = true;
  },
  copula: ({ asked, said }) => {
    if (!isNothingAsked(asked)) said.partFrom = asked.conditions.length;
  },
  'in-percent': takeInPercent,
  'percent-of': (state, { all }) => takePercentOf(state, all === true),
  'makes-up': takePartWord,
  minus: (state) => {
    if (!takeValuesApart(state)) expectColumnAhead(state);
  },
  plus: expectColumnAhead,
  difference: (state) => {
    if (!isDifferenceAhead(state)) unread('the difference of what');
    state.said.difference = true;
  },
  gap: (state, { asks }) => takeGap(state, asks === true),
  noise: byOthers,
};

function takeWhen(state: ParseState, word: Named<'when' | 'where'>): void {
  state.said.askedYear = word.word === 'when' && word.year === true;
  askWhen(state, word.word);
}

function takeList(state: ParseState, { last }: Named<'list'>): void {
  if (state.chinese) takeRowsListed(state);
  expectListed(state, last !== undefined);
  if (last !== undefined) takeLastList(state, last);
}

function takeEach(state: ParseState): void {
  const { asked, said } = state;
  // 平均每个客户: the mean of all, or of each?
  if (state.chinese && isWord(behind(state), 'measure')) unread('a measure of each');
  // `and how much each`.
  if (!state.chinese && ahead(state).length === 0 && asked.asks === 'how-much') return;
  // `how many orders each has`: of what is asked for.
  said.grouping = ahead(state).length > 0 || state.chinese || !asked.shown.some(isLabelOf(state));
}

function takeMoneyWord(state: ParseState, word: Named<'money'>): void {
  const { said } = state;
  said.money = true;
  said.paid ||= word.paid === true;
  if (word.owed) said.owed = true;
  if (word.earned && takeEarned(state)) return;
  if (word.active) expectOwnMoney(state);
  takeMoney(state);
}

function takePreposition(state: ParseState, word: Named<'preposition'>): void {
  const { asked, said } = state;
  if (word.ofStated && ahead(state)[0]?.kind !== word.ofStated && !isOverRows(state))
    unread('over what');
  if (word.among) {
    said.partFrom = asked.conditions.length;
    askOfThose(state);
  }
  if (word.alone && ahead(state)[0]?.kind === 'table') unread('everything of what');
  if (word.ofAll) sumOfAll(state);
  if (word.ofThose) takeOfThose(state);
}

/** 苏州客户的订单里，已取消的有多少: it is of the orders that it is asked. */
function askOfThose(state: ParseState): void {
  const { asked, chinese, links } = state;
  const all = behind(state);
  const { thing } = asked;
  if (!chinese || all?.kind !== 'table' || all.done || thing === undefined) return;
  if (isPartOf(links, all.table, thing) && asked.shown.length === 0) asked.thing = all.table;
}

function takeBeforeOrAfterWord(state: ParseState, { word }: Named<PeriodWord>): void {
  takeBeforeOrAfter(state, word);
}

function takePeriodAsked(
  state: ParseState,
  { word, grain }: Named<'each-period' | 'which-period'>,
): void {
  takeEachPeriod(state, word, grain);
}

function takePartWord(state: ParseState, word: Named<'makes-up'>): void {
  if (word.rate && !state.chinese) {
    takeRate(state);
    return;
  }
  if (word.rate) expectRowsBehind(state);
  if (word.plain && !state.phrases.some((one) => isWord(one, 'in-percent')))
    unread('a quotient of what');
  takeMakesUp(state);
}

function expectColumnAhead(state: ParseState): void {
  if (ahead(state)[0]?.kind !== 'column') unread('minus what');
}

/** Whether what is asked for is called by a column. */
function isLabelOf(state: ParseState): (item: Item) => boolean {
  return (item) => !isMeasure(item) && isLabel(state, item);
}
