/** How many rows there are, and how much something comes to: `how many orders`, 一共多少钱. */
import { addsUp, isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { countsBeside } from './count-beside.ts';
import { countsPart } from './count-part.ts';
import { takeCountBehind } from './count-rows.ts';
import { countsRowsDone } from './count-rows-done.ts';
import { isKind } from './group-shown.ts';
import { countsEach, countsWithMore } from './han-clauses.ts';
import { sumsPeople } from './people-of.ts';
import { sumsMoney } from './rows-of-money.ts';
import { sumsMuchDone } from './so-much-done.ts';
import { takeOften } from './take-done.ts';
import { addUpBehind, isFigureBehind } from './take-figure.ts';
import { takeMeasure } from './take-measure.ts';

type HowMany = Extract<WordMeaning, { readonly word: 'how-many' }>;
type HowMuch = Extract<WordMeaning, { readonly word: 'how-much' }>;

/** Rows are counted, or what stands before 多少 is a figure. @throws Unread where it is said how often, and nothing is done */
export function takeHowMany(state: ParseState, word: HowMany): void {
  const { asked, said } = state;
  if (countsPart(state)) return;
  if (word.bare && isFigureBehind(state)) {
    asked.asks = 'how-much';
    return;
  }
  // 有几家供应商，其中小型的几家.
  const isOfThose = said.ofThose !== undefined && asked.shown.length > 0;
  if (isOfThose && ahead(state).length === 0) return;
  // 涉及多少逾期金额: how much it is, of all of them.
  const [next] = ahead(state);
  const isAmount = next?.kind === 'column' && isQuantity(state, next) && addsUp(state, next);
  // 本金最高多少.
  const isOfMost = isWord(behind(state), 'extreme') && ahead(state).length === 0;
  if (word.bare && state.chinese && (isAmount || isOfMost)) {
    takeHowMuch(state, { kind: 'word', word: 'how-much', cost: 0 });
    return;
  }
  if (word.bare && sumsMuchDone(state)) return;
  if (word.ofPeople && sumsPeople(state)) return;
  if (countsKindsBehind(state)) return;
  if (takeCountBehind(state) || countsEach(state, word)) return;
  if (countsWithMore(state)) {
    said.ofEach ||= word.each === true;
    return;
  }
  if (word.times && state.chinese && countsRowsDone(state)) return;
  if (!word.times && !word.counts && sumsMoney(state)) return;
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
}

/** 审批状态有几种: how many different ones there are of the one column that is named; whether it is so. */
function countsKindsBehind(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  const isLast = ahead(state).length === 0 && behind(state)?.kind === 'column';
  const isPlain = asked.thing === undefined && asked.groups.length === 0 && !said.grouping;
  if (!chinese || !isLast || !isPlain || only === undefined || more.length > 0) return false;
  if (isMeasure(only) || !isKind(state, only) || said.calls.length > 0) return false;
  asked.shown = [{ call: 'count', of: only, distinct: true }];
  return true;
}

/** An amount is asked for. @throws Unread where something else is asked for as well, or rows follow */
export function takeHowMuch(state: ParseState, word: HowMuch): void {
  const { asked, said } = state;
  if (state.phrases.slice(0, state.at).some((one) => isWord(one, 'when', 'where'))) {
    unread('two questions');
  }
  if (isOfOrder(state)) {
    said.figure = true;
    return;
  }
  if (word.total) addUpBehind(state);
  if (isSaidBefore(state, 'how-much') && ahead(state)[0]?.kind !== 'column') unread('two amounts');
  if (sumsMoney(state)) return;
  // 签了多少合同.
  if (state.chinese && ahead(state)[0]?.kind === 'table') unread('how much of rows');
  asked.asks = word.word;
  said.ofEach ||= word.each === true;
}

/** `top 3 instruments by value, and how much`: what they are ordered by, or held to. */
function isOfOrder(state: ParseState): boolean {
  const { asked, chinese } = state;
  const isLast = isWord(behind(state), 'and') && ahead(state).length === 0;
  const by = asked.order?.by ?? asked.having[0]?.measure;
  const isCount = by !== undefined && isMeasure(by) && by.call === 'count';
  const isPlain = !asked.counting && asked.groups.length === 0 && asked.shown.length === 0;
  return !chinese && isLast && isPlain && by !== undefined && !isCount;
}

/** Whether a word has been said before this one. */
function isSaidBefore({ phrases, at, chinese }: ParseState, name: 'how-much'): boolean {
  return !chinese && phrases.slice(0, at - 1).some((one) => isWord(one, name));
}
