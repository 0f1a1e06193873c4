/** A word that stands for no data: what it says of what comes before or behind it. */

import { isLabel } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import { type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isOverRows, sumOfAll } from '../phrases/amounts-of-all.ts';
import { compareNamed, takeSignAhead } from './compare-column.ts';
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
import { takeMoney } from './take-money.ts';
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
import { takeReportsTo } from './take-reports-to.ts';
import { takeRowSize } from './take-row-size.ts';
import { takeOfThose, takeSome } from './take-those.ts';
import { takeUnknown } from './take-unknown.ts';
import { takeValuesApart } from './take-values-apart.ts';
import { takeVersus } from './take-versus.ts';
import { takeThanAverage } from './than-average.ts';

/** @throws Unread where the word does not fit what was said before it, or nothing that it needs follows */
export function takeWord(state: ParseState, word: WordMeaning): void {
  const { asked, said } = state;
  switch (word.word) {
    case 'how-many':
      takeHowMany(state, word);
      return;
    case 'how-much':
      takeHowMuch(state, word);
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
      askWhen(state, word.word);
      return;
    case 'who':
      askWho(state);
      return;
    case 'which':
      askWhich(state, word);
      return;
    case 'measure':
      takeMeasureWord(state, word);
      return;
    case 'distinct':
      said.distinct = true;
      return;
    case 'each':
      // 平均每个客户: the mean of all, or of each?
      if (state.chinese && isWord(behind(state), 'measure')) unread('a measure of each');
      // `and how much each`.
      if (!state.chinese && ahead(state).length === 0 && asked.asks === 'how-much') return;
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
      takeEachPeriod(state, word.word, word.grain);
      return;
    case 'period':
      takePeriodName(state, word.grain);
      return;
    case 'full-months':
      said.fullMonths = true;
      return;
    case 'from-before':
      takeFromBefore(state, word);
      return;
    case 'running':
      takeRunning(state);
      return;
    case 'versus':
      takeVersus(state);
      return;
    case 'the-others':
      unread('which others');
      break;
    case 'descending':
    case 'ascending':
    case 'days-first':
      takeDirection(state, word);
      return;
    case 'compare':
      if (word.age && (takeAge(state, word.sign) || takeOlder(state, word.sign))) return;
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
    case 'row-size':
      takeRowSize(state);
      return;
    case 'never-done':
      takeNeverDone(state, word);
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
      takeBeforeOrAfter(state, word.word);
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
      takeChange(state, word.inPercent === true);
      return;
    case 'preposition':
      if (word.ofStated && ahead(state)[0]?.kind !== word.ofStated && !isOverRows(state))
        unread('over what');
      if (word.among) said.partFrom = asked.conditions.length;
      if (word.alone && ahead(state)[0]?.kind === 'table') unread('everything of what');
      if (word.ofAll) sumOfAll(state);
      if (word.ofThose) takeOfThose(state);
      return;
    case 'weighed':
      said.weight = word.by;
      return;
    case 'with-some':
      takeSome(state);
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
    case 'plus':
      if (word.word === 'minus' && takeValuesApart(state)) return;
      if (ahead(state)[0]?.kind !== 'column') unread('minus what');
      return;
    case 'difference':
      if (!isDifferenceAhead(state)) unread('the difference of what');
      said.difference = true;
      return;
    case 'gap':
      takeGap(state);
      return;
    case 'makes-up':
      if (word.rate && !state.chinese) {
        takeRate(state);
        return;
      }
      if (word.rate) expectRowsBehind(state);
      if (word.plain && !state.phrases.some((one) => isWord(one, 'in-percent')))
        unread('a quotient of what');
      takeMakesUp(state);
      return;
    case 'in-size':
      said.inSize = word.size;
      return;
    case 'in-unit':
      return;
    case 'apart':
      if (state.chinese) said.ofEach = true;
      else said.apart = true;
      return;
    case 'in-percent':
      takeInPercent(state);
      return;
    case 'more-then':
      if (word.sign === '<' && takeValuesApart(state)) return;
      takeMoreThen(state, word.sign);
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
      if (word.owed) said.owed = true;
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

/** Whether what is asked for is called by a column. */
function isLabelOf(state: ParseState): (item: Item) => boolean {
  return (item) => !isMeasure(item) && isLabel(state, item);
}
