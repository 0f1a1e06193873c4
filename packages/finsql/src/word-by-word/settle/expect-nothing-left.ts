/** What is said and nothing came of: a question with a word left over is not read. */
import { isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { showsRatios } from './show-ratios.ts';

/**
 * A total alone may be said of what is shown as it is: `total amount` of rows that hold totals.
 * @throws Unread where anything else is left over
 */
export function expectNothingLeft(state: ParseState): void {
  const { asked, said } = state;
  // `makes in our fleet, each once`; 交过停车费的户主，不要重复.
  const isOnce = said.distinct && isWord(state.phrases.at(-1), 'distinct');
  const isOfList = asked.shown.length > 0 && !asked.shown.some(isMeasure);
  if (isOnce && (state.chinese || isOfList)) {
    asked.distinct = true;
    said.distinct = false;
  }
  const isLeft =
    said.calls.some((call) => call !== 'sum') ||
    // In Chinese the mean may be said before its weight.
    (said.weight !== undefined && !state.chinese) ||
    [said.sign, said.number, said.extreme, said.top, said.compared, said.period].some(
      (one) => one !== undefined,
    ) ||
    [said.distinct, said.grouping, said.sorting, said.negated, said.without].includes(true);
  if (isLeft) unread('a word is left over');
  if (isTotalBeside(state) || isTotalOfTexts(state)) unread('the total of what');
  const isOfFigures = state.chinese || (asked.groups.length === 0 && asked.shown.some(isMeasure));
  if (said.inPercent && showsRatios(state)) said.inPercent = false;
  if (said.inPercent && !said.share && said.change === undefined && isOfFigures) {
    unread('in percent of what');
  }
  if (said.sorts && asked.order === undefined && said.ordered === undefined)
    unread('sorted by nothing');
}

/** 江苏客户的退保总额: names alone would be shown, of which there is no total. */
function isTotalOfTexts(state: ParseState): boolean {
  const { asked, said, phrases, chinese } = state;
  const isTotal = phrases.some(
    (one) => isWord(one, 'measure') && one.call === 'sum' && !one.adverb,
  );
  const areTexts = asked.shown.every((item) => !isMeasure(item) && !isNumber(state, item));
  return chinese && said.calls.includes('sum') && isTotal && asked.shown.length > 0 && areTexts;
}

/** `number of claims and total claimed`: nothing is read of the second. */
function isTotalBeside({ said, phrases, chinese }: ParseState): boolean {
  // `how many, and what sum`.
  const isBeside = (at: number) =>
    isWord(phrases[at - 1], 'and') ||
    (isWord(phrases[at - 1], 'which') && isWord(phrases[at - 2], 'and'));
  const isTotal = (one: (typeof phrases)[number], at: number) =>
    isWord(one, 'measure') && one.call === 'sum' && !one.adverb && isBeside(at);
  return !chinese && said.calls.includes('sum') && phrases.some(isTotal);
}
