/** Counts, sums, means, the most and the least, as they are said before what they are of. */
import { isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { isMeasure, type Measure } from '../model/reading.ts';
import type { Extreme } from '../model/said.ts';
import { unread } from '../model/unread.ts';
import { sumUpLast } from './hold-to-total.ts';

/** 赎回总额 is of rows that were named, and no column follows. */
export function expectBehind(state: ParseState): void {
  const before = behind(state);
  const isOfRows =
    before?.kind === 'table' || before?.kind === 'value' || before?.kind === 'column';
  if (!isOfRows || ahead(state).some(({ kind }) => kind === 'column')) unread('the total of what');
}

/** `minimum and maximum price` are two; `total number of` and `average total` are one. */
export function takeMeasure(state: ParseState, call: Measure['call']): void {
  const { asked, said } = state;
  const [last] = said.calls;
  if (call === 'sum' && behind(state)?.kind === 'number' && sumUpLast(state)) return;
  // `the type with the highest total amount`.
  const isOfGroups = said.extreme?.of === 'any' && !isNothingAsked(asked);
  const isSumOrMean = (call === 'sum' || call === 'avg') && isFigureAhead(state);
  if (said.extreme !== undefined && call !== 'count' && !(isOfGroups && isSumOrMean)) {
    unread('an extreme of a measure');
  }
  if (call === 'count' && isWord(ahead(state)[0], 'and')) unread('how many of what');
  if (last === undefined || isWord(behind(state), 'and')) said.calls.push(call);
  else if (last === 'sum' && call === 'count') said.calls = ['count'];
  // `average number of orders per customer`.
  else if (last === 'avg' && call === 'count' && ahead(state)[0]?.kind === 'table') {
    said.ofCounts = true;
    said.calls = ['count'];
  }
  // `average number of rooms`, where a column holds it.
  else if (call === 'count' && last !== 'count' && isFigureAhead(state)) return;
  else if (call !== 'sum') unread('two measures');
}

/** Whether a column of numbers comes next. */
export function isFigureAhead(state: ParseState): boolean {
  const [next] = ahead(state);
  return next?.kind === 'column' && isQuantity(state, next);
}

/** `second highest`: the extreme comes next. */
export function takePlace(state: ParseState, place: number): void {
  const [next] = ahead(state);
  const { asked } = state;
  if (!isWord(next, 'extreme') || asked.place !== undefined) unread('which place');
  asked.place = place;
}

/** `5 largest`, `the largest`; beside a measure it is one, too: `the average and the highest price`. */
export function takeExtreme(state: ParseState, extreme: Extreme): void {
  const { asked, said } = state;
  if (extreme.place !== undefined) asked.place = extreme.place;
  const isBeside = asked.shown.length > 0 && asked.shown.every(isMeasure);
  if (isBeside && extreme.of === 'any' && isWord(behind(state), 'and')) {
    takeMeasure(state, extreme.descending ? 'max' : 'min');
    return;
  }
  // `average and largest salary`.
  if (said.calls.length > 0 && extreme.of === 'any' && isWord(behind(state), 'and')) {
    said.calls.push(extreme.descending ? 'max' : 'min');
    return;
  }
  // 最低和最高单价; `largest and smallest price`.
  const { extreme: other } = said;
  if (other?.of === 'any' && extreme.of === 'any' && isWord(behind(state), 'and')) {
    said.extreme = undefined;
    said.calls = [other, extreme].map(({ descending }) => (descending ? 'max' : 'min'));
    return;
  }
  if (said.number?.form === 'plain' && asked.limit === undefined) {
    asked.limit = said.number.value;
    said.number = undefined;
  }
  // `the top three lowest prices`.
  if (extreme.of === 'any') said.top = undefined;
  said.money ||= extreme.money === true;
  said.single ||= extreme.single === true;
  if (said.extreme !== undefined || said.calls.length > 0) unread('two extremes');
  said.extreme = extreme;
}
