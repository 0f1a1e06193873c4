/** The most and the least of a column or a measure, said before or behind it. */
import { isPartOf, isReference, keysTo } from '../columns/part-of.ts';
import {
  addsUp,
  columnOf,
  isDay,
  isKey,
  isLabel,
  isNumber,
  isQuantity,
  soleDay,
} from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure, isTable } from '../model/reading.ts';
import type { Extreme } from '../model/said.ts';
import { orUnread, Unread, unread } from '../model/unread.ts';
import type { ExtremeOf } from '../words/word.ts';
import { isKind } from './group-shown.ts';
import { isMostOfKind, isOfTotals } from './kinds-of-most.ts';
import { comesTogether } from './noted-amounts.ts';
import { orderBy } from './order-rows.ts';
import { isToldByAmount } from './told-by-amount.ts';

/** A measure or column with the column that it is of. */
export interface NamedItem {
  readonly item: Item;
  readonly ref: ColumnRef;
}

/** `the highest salary`, `the customer with the highest balance`, 余额最高的客户. */
export function asExtreme(state: ParseState, { item, ref }: NamedItem): boolean {
  const { asked, said, chinese } = state;
  const [next] = ahead(state);
  // 余额最高; `opened first`.
  const isBehind = isWord(next, 'extreme') && (chinese || (next.of === 'day' && isDay(state, ref)));
  // 规模前十.
  // 减免后 says when.
  const isPlace = isWord(next, 'top') && (next.descending || ahead(state)[1]?.kind === 'number');
  const first = chinese && isPlace ? firstOf(next.descending) : undefined;
  const isAhead = said.extreme === undefined && (isBehind || first !== undefined);
  if (isAhead) state.at++;
  if (isAhead && first !== undefined) takeLimit(state);
  const extreme = isAhead ? (isBehind ? next : first) : said.extreme;
  if (extreme === undefined) return false;
  if (isBehind && next.place !== undefined) asked.place = next.place;
  // 最大的一笔交易：客户、编号、金额: what it is the most of is listed, too.
  if (chinese && !isAhead && extreme.of === 'any' && isListedBehind(state)) {
    const isOwnKey = isKey(ref) || columnOf(state, ref)?.primaryKey === true;
    if (!isNumber(state, ref) || isOwnKey || isMeasure(item)) return false;
    orderBy(state, item, extreme.descending);
    said.extreme = undefined;
    return false;
  }
  if (extreme.of === 'rows') return asCommonest(state, { item, ref });
  const isLatest = isLatestFigure(state, { item, ref }) || isLatestOfEach(state, { item, ref });
  if (!isAhead && extreme.of === 'day' && isLatest) {
    said.extreme = undefined;
    asked.shown.push(ref);
    orderBy(state, soleDay(state, ref.table), extreme.descending);
    return true;
  }
  if (isTextBeside(state, { item, ref })) return false;
  // `at the most recent rating date`: all rows of that day.
  const isAt = isWord(state.phrases[state.at - 3], 'preposition') && isDay(state, ref);
  if (!chinese && extreme.of === 'day' && isAt && !isNothingAsked(asked)) {
    said.extreme = undefined;
    asked.conditions.push({ kind: 'peak', column: ref, call: extreme.descending ? 'max' : 'min' });
    return true;
  }
  if (isFigureInPlace(state, { item, ref })) {
    expectExtreme(state, ref, extreme.of);
    said.extreme = undefined;
    asked.shown.push(ref);
    asked.distinct = true;
    orderBy(state, ref, extreme.descending);
    return true;
  }
  // `what was the heaviest delivery, in tonnes`.
  if (isFigureOfExtreme(state)) {
    said.extreme = undefined;
    asked.shown.push({ call: extreme.descending ? 'max' : 'min', of: ref });
    return true;
  }
  if (chinese && isOfMany(state, extreme, { item, ref })) {
    orderBy(state, { call: 'sum', of: ref }, extreme.descending);
    said.extreme = undefined;
    return true;
  }
  if (!isMeasure(item)) expectExtreme(state, ref, extreme.of);
  // `the biggest investor of each fund with the amount committed`.
  const isBeside = !chinese && said.extremeThing && isWord(behind(state), 'with');
  if (isBeside && asked.shown.length === 0) said.figure = true;
  // `the three biggest orders with vendor and amount`.
  const isInList =
    isWord(behind(state), 'and') &&
    asked.shown.length > 0 &&
    state.phrases.some((one) => isWord(one, 'with'));
  if (!chinese && said.extremeThing && isInList && !isMeasure(item)) {
    said.figure = true;
    asked.shown = withoutNumbers(state);
  }
  said.extreme = undefined;
  // 最早开业的酒店.
  const things = ahead(state).filter(({ kind }) => kind !== 'value' && kind !== 'flag');
  const isOfTable = chinese && things[0]?.kind === 'table';
  if (said.whichPeriod) {
    const isSum = !isMeasure(item) && addsUp(state, ref);
    orderBy(state, isSum ? { call: 'sum', of: ref } : item, extreme.descending);
    return true;
  }
  const isAlone =
    !isAhead &&
    !isOfTable &&
    isNothingAsked(asked) &&
    !asked.who &&
    // `for each city, the highest price of its shops`.
    (asked.groups.length === 0 || !chinese) &&
    asked.limit === undefined &&
    said.number === undefined;
  // `the three lowest prices`.
  const isSeveral =
    !chinese &&
    !isMeasure(item) &&
    isNothingAsked(asked) &&
    !asked.who &&
    asked.limit !== undefined;
  // 最早上市的是哪家, 最早上市的股票: the one that it is of.
  if (isAlone && !isMeasure(item) && (isWhichAhead(state) || isHeadAhead(state, ref))) {
    asked.thing = ref.table;
    orderBy(state, ref, extreme.descending);
    return true;
  }
  if (isSeveral && isWord(behind(state), 'extreme')) asked.shown.push(ref);
  if (isAlone && !isMeasure(item)) {
    asked.shown.push({ call: extreme.descending ? 'max' : 'min', of: ref });
  } else if (
    !isMeasure(item) &&
    (isMostOfKind(state, item) ||
      isMostAddedUp(state, extreme, ref) ||
      isMostOfThing(state, extreme, ref))
  ) {
    orderBy(state, { call: 'sum', of: ref }, extreme.descending);
  } else orderBy(state, item, extreme.descending);
  return true;
}

/** 华安优选最新的净值: of one thing that is named, the figure of the last day. */
function isLatestFigure(state: ParseState, { item, ref }: NamedItem): boolean {
  const { asked, chinese } = state;
  const isPlain = isNothingAsked(asked) && asked.groups.length === 0 && asked.limit === undefined;
  const [named, ...more] = asked.conditions;
  const isOfOne = named?.kind === 'compare' && named.sign === '=' && isLabel(state, named.column);
  const isFigure = !isMeasure(item) && isQuantity(state, ref) && !isDay(state, ref);
  const isLast = ahead(state).every((one) => isWord(one, 'how-much', 'which', 'in-unit'));
  return chinese && isPlain && isOfOne && more.length === 0 && isFigure && isLast;
}

/** `the latest balance of each account`, `last rating of Ashmore`: of things that each have many, the figure or kind of the last day. */
function isLatestOfEach(state: ParseState, { item, ref }: NamedItem): boolean {
  const { asked, said, chinese } = state;
  const isPlain = isNothingAsked(asked) && !asked.who && asked.groups.length === 0 && !chinese;
  const isOpen = isPlain && asked.limit === undefined && !said.grouping && said.calls.length === 0;
  const isTold = isQuantity(state, ref) || (isKind(state, ref) && !isKey(ref));
  if (!isOpen || isMeasure(item) || !isTold || isDay(state, ref)) return false;
  if (orUnread(() => soleDay(state, ref.table)) instanceof Unread) return false;
  const [each, named, ...more] = ahead(state).filter((one) => !isWord(one, 'preposition'));
  if (more.length > 0) return false;
  if (named === undefined) {
    const isKeyOfOwner =
      each?.kind === 'value' && isTable(each.table, ref.table) && isReference(state.links, each);
    const isName = each?.kind === 'value' && isLabel(state, each);
    return isKeyOfOwner || (isName && isOwner(state, ref, each.table));
  }
  const isNamed = named.kind === 'table' || (named.kind === 'column' && isLabel(state, named));
  return isWord(each, 'each') && isNamed && isOwner(state, ref, named.table);
}

function isOwner({ links }: ParseState, { table }: ColumnRef, owner: string): boolean {
  return keysTo(links, table, owner).length > 0;
}

/** Whether a list stands between the extreme and what is named now. */
function isListedBehind({ phrases, at }: ParseState): boolean {
  const said = phrases.findLastIndex((one) => isWord(one, 'extreme'));
  return said >= 0 && phrases.slice(said, at).some((one) => isWord(one, 'list'));
}

/** `the five largest bills with the name of the owner`: what stands beside the rows, and not by what they are the most. */
function isTextBeside(state: ParseState, { item, ref }: NamedItem): boolean {
  const { said, chinese, phrases, at } = state;
  const isNamed = (one: Meaning) => one.kind === 'table' || one.kind === 'column';
  const joint = phrases.slice(0, at - 1).findLast((one) => !isNamed(one));
  const isBeside = isWord(joint, 'with', 'with-own', 'and', 'list');
  const isText = !isMeasure(item) && !isNumber(state, ref) && !isDay(state, ref);
  return !chinese && said.extremeThing && isBeside && isText && said.extreme?.of === 'any';
}

/** What is shown without the numbers of rows that are called nothing else: all that is asked of them is listed. */
function withoutNumbers(state: ParseState): Item[] {
  const { shown, thing } = state.asked;
  if (thing === undefined || !isToldByAmount(state, thing)) return shown;
  return shown.filter(
    (item) => isMeasure(item) || !isTable(item.table, thing) || !isLabel(state, item),
  );
}

/** `which purpose has the most principal`: of kinds, what the rows of each come to. */
function isMostAddedUp(state: ParseState, { of }: Pick<Extreme, 'of'>, ref: ColumnRef): boolean {
  const { asked, said } = state;
  const [kind, ...more] = asked.shown;
  const isPlain =
    asked.thing === undefined && asked.groups.length === 0 && asked.limit === undefined;
  if (state.chinese || kind === undefined || more.length > 0) return false;
  // `the sector with the highest market value`, but not that with the highest salary.
  if (of !== 'count' && !(of === 'any' && comesTogether(state, ref))) return false;
  if (isMeasure(kind) || !isPlain || said.single) return false;
  return isKind(state, kind) && isQuantity(state, ref) && addsUp(state, ref);
}

/** `which project has the most hours`, 哪个客户的余额最高: of things that have many rows, what those come to. */
function isMostOfThing(state: ParseState, extreme: Pick<Extreme, 'of'>, ref: ColumnRef): boolean {
  const { asked, said, chinese, links } = state;
  const { thing } = asked;
  if (thing === undefined || said.single) return false;
  const isAsked = said.which || asked.who;
  if (chinese ? !isAsked || !isOfTotals(state, extreme, ref) : extreme.of !== 'count') return false;
  const isOfMany = isPartOf(links, ref.table, thing) && asked.groups.length === 0;
  return isOfMany && isQuantity(state, ref) && addsUp(state, ref);
}

/** 哪家, 是谁, and nothing named behind it. */
function isWhichAhead(state: ParseState): boolean {
  const [next, ...more] = ahead(state);
  const isWhich = (isWord(next, 'which') && next.one === true && !next.many) || isWord(next, 'who');
  return state.chinese && isWhich && more.every((one) => isWord(one, 'and', 'how-much'));
}

/** 最早开户的机构客户: the first with which it is done of those that a value behind it tells. */
function isHeadAhead(state: ParseState, { table }: ColumnRef): boolean {
  const { chinese, phrases, at } = state;
  const [done, next] = [phrases[at - 1], phrases[at]];
  const isDone = done?.kind === 'column' && done.done === true;
  const isHead = (next?.kind === 'value' || next?.kind === 'flag') && isTable(next.table, table);
  return chinese && isDone && isHead && !ahead(state).some((one) => isWord(one, 'when'));
}

/** `the 3 most common colours`: by how many rows have each. */
function asCommonest(state: ParseState, { item, ref }: NamedItem): boolean {
  const { asked, said } = state;
  if (isMeasure(item) || isKey(ref) || !isNothingAsked(asked)) unread('the most common of what');
  asked.shown.push(item);
  said.commonest = { column: ref, descending: said.extreme?.descending ?? true };
  said.extreme = undefined;
  return true;
}

/** Whether the most is asked for itself, in what it is measured by. */
function isFigureOfExtreme(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const isPlain = asked.shown.length === 0 && asked.limit === undefined && !asked.who;
  const isBehind = isWord(behind(state), 'preposition') && said.extremeThing;
  return !chinese && isBehind && isPlain && said.sole === true;
}

/** `the second highest salary`: each figure once. */
function isFigureInPlace(
  { asked, chinese, said, ...state }: ParseState,
  { item }: NamedItem,
): boolean {
  const isAlone = isNothingAsked(asked) && !asked.who && asked.groups.length === 0;
  const isOfThing = chinese && state.phrases.slice(state.at).some(({ kind }) => kind === 'table');
  return (
    asked.place !== undefined && !said.whichPeriod && isAlone && !isOfThing && !isMeasure(item)
  );
}

function firstOf(descending: boolean): Pick<Extreme, 'descending' | 'of'> {
  return { descending, of: 'any' };
}

/** The number of rows behind 前; without it, the first alone. */
function takeLimit(state: ParseState): void {
  const [number] = ahead(state);
  if (number?.kind !== 'number') return;
  if (number.form !== 'plain' || state.asked.limit !== undefined) unread('a number behind top');
  state.at++;
  state.asked.limit = number.value;
}

function expectExtreme(state: ParseState, ref: ColumnRef, of: ExtremeOf): void {
  if (isKey(ref) || columnOf(state, ref)?.primaryKey === true) unread('the most of a key');
  if (!isNumber(state, ref) && !isDay(state, ref)) unread('the most of a text');
  const isTime = isDay(state, ref) || /age|year/i.test(ref.column);
  if (isDay(state, ref) && of !== 'day' && of !== 'age') unread('the largest of days');
  if ((of === 'day' || of === 'age') && !isTime) unread('the latest of no day');
  if (of === 'price' && QUANTITY.test(ref.column)) unread('the price of what');
}

/** How much of something there is, which has no price itself. */
const QUANTITY = /kwh|quantity|qty|units?$|nights|rooms|count|weight|hectares/i;

/** 付款金额最多的供应商, 贷款余额最高的客户: each has many amounts, which are added up. */
function isOfMany(
  state: ParseState,
  extreme: Pick<Extreme, 'of'>,
  { item, ref }: NamedItem,
): boolean {
  if (!isOfTotals(state, extreme, ref)) return false;
  const thing = ahead(state).find(({ kind }) => kind === 'table');
  const isAmount = !isMeasure(item) && isNumber(state, ref) && addsUp(state, ref);
  const isAsked = isNothingAsked(state.asked) && !state.said.whichPeriod;
  return (
    isAmount && isAsked && thing?.kind === 'table' && isPartOf(state.links, ref.table, thing.table)
  );
}
