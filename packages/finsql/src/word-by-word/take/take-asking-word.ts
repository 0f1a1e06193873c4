/** Words that questions begin with: `which`, `who`, `when`, `where`. */
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { showsWhenDone } from './when-done.ts';

/** A day or a place is asked for, unless it only says of which things. */
export function askWhen(state: ParseState, asks: 'when' | 'where'): void {
  const { asked } = state;
  if (asks === 'when' && showsWhenDone(state)) return;
  if (asks === 'when' && isOfMostRows(state)) {
    state.said.eachPeriod = 'day';
    state.said.whichPeriod = true;
    return;
  }
  // `cities where people live` asks for cities.
  if (state.chinese || isNothingAsked(asked) || isWord(behind(state), 'and')) {
    asked.asks = asks;
  }
}

/** `which day had the most orders`, `on which day were the highest number of orders placed`: a day that rows are counted of. */
function isOfMostRows(state: ParseState): boolean {
  const said = ahead(state).filter((one) => !isWord(one, 'copula', 'noise'));
  const [most, counted] = said;
  const isCounted = isWord(counted, 'measure') && counted.call === 'count';
  const isMost =
    isWord(most, 'extreme') &&
    (most.of === 'count' ? counted?.kind === 'table' : most.of === 'any' && isCounted);
  return !state.chinese && isNothingAsked(state.asked) && isMost;
}

/** People are asked for. @throws Unread where something else is asked for as well */
export function askWho(state: ParseState): void {
  const { asked } = state;
  // `who are professors and who live in Berlin` is one.
  if (isWord(behind(state), 'and') && !isNothingAsked(asked) && !asked.who) unread('two questions');
  asked.who = true;
}

/** Things are asked for. @throws Unread where a figure is asked for as well */
export function askWhich(
  state: ParseState,
  word: Extract<WordMeaning, { readonly word: 'which' }>,
): void {
  const { asked, said } = state;
  if (isSecondQuestion(state)) unread('two questions');
  asked.listed = true;
  said.which = word.one === true;
  said.sole = word.sole === true;
  said.many ||= word.many === true;
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
