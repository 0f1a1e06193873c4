/** A column or a measure of it, once that is known: ordered by, counted, compared, or shown. */
import { isDeepStrictEqual } from 'node:util';
import { isDone } from '../columns/name-words.ts';
import { isCalledAsRows } from '../columns/namesake-figures.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  hasLabel,
  isDay,
  isNumber,
  isQuantity,
  labelColumns,
} from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, type NamesMeaning } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { columnBetween, compareColumn } from './compare-column.ts';
import { isDayAhead } from './compare-columns.ts';
import { countsDone } from './count-done.ts';
import { asExtreme, type NamedItem } from './item-extremes.ts';
import { isKindOfMost, isTotalOfKind } from './kinds-of-most.ts';
import { descends, orderBy, sortsAll } from './order-rows.ts';
import { labelsOfRows } from './row-labels.ts';
import { isPatternAhead } from './take-pattern.ts';
import { thingOf } from './thing-of.ts';
import { isToldByAmount } from './told-by-amount.ts';

/**
 * @param before the phrase before the column
 * @throws Unread where no use of the item fits what was said around it
 */
export function takeItem(
  state: ParseState,
  item: Item,
  ref: ColumnRef,
  before: Meaning | undefined,
): void {
  const named = { item, ref };
  if (
    asExtreme(state, named) ||
    asOrder(state, named) ||
    asNextOrder(state, named) ||
    asCounted(state, named, before)
  )
    return;
  if (!isMeasure(item) && isKindOfMost(state, item)) return;
  if (isMostOfAmount(state, item, ref)) return;
  remember(state, ref);
  if (asCompared(state, named) || asNumbered(state, named)) return;
  if (isSorted(state, named, before)) return;
  if (!mayShow(state, ref, before)) unread('a column beside what is asked for');
  show(state, named, before);
}

/**
 * First and last name, which are shown and nothing else.
 * @throws Unread where something else was said of them
 */
export function takeNames(state: ParseState, { table }: NamesMeaning): void {
  const { said } = state;
  const before = behind(state);
  const isUsed = [said.calls.length > 0, said.grouping, said.sorting, said.sign !== undefined];
  if (isUsed.includes(true) || said.extreme !== undefined) unread('something of two names');
  const isFollowed = isWord(ahead(state)[0], 'compare', 'between', 'mean', 'signed', 'extreme');
  if (isFollowed || !mayShow(state, { table }, before)) unread('a column beside what is asked for');
  if (state.asked.counting) unread('how many names');
  for (const ref of labelColumns(state, table)) show(state, { item: ref, ref }, before);
}

/** `sorted by balance`. */
function asOrder(state: ParseState, { item, ref }: NamedItem): boolean {
  const { asked, said } = state;
  if (!said.sorting) return false;
  said.sorting = false;
  // `top 5 customers by order amount`: each has many, which are added up.
  const isMany = asked.thing !== undefined && isPartOf(state.links, ref.table, asked.thing);
  const isSum =
    !isMeasure(item) &&
    ((isMany && isNumber(state, item) && addsUp(state, item)) || isTotalOfKind(state, ref));
  orderBy(state, isSum ? { call: 'sum', of: ref } : item, descends(state, ref));
  said.sortedAt = state.at;
  return true;
}

/** `sorted by year and name`. */
function asNextOrder(state: ParseState, { item }: NamedItem): boolean {
  const { asked, said, chinese, phrases, at } = state;
  const { order, limit } = asked;
  if (chinese || order === undefined || limit !== undefined || said.sortedAt === undefined)
    return false;
  const between = phrases.slice(said.sortedAt, at - 1);
  const isNext = between.length > 0 && between.every((one) => isWord(one, 'and', 'sorted-by'));
  if (!isNext || isNothingAsked(asked) || isMeasure(item) || !sortsAll(state)) return false;
  asked.order = { ...order, thenBy: [...(order.thenBy ?? []), item] };
  said.sortedAt = at;
  return true;
}

/** `how many cities`; of a column that holds a number, the number itself. */
function asCounted(
  state: ParseState,
  { item, ref }: NamedItem,
  before: Meaning | undefined,
): boolean {
  const { asked, said, chinese } = state;
  if (!asked.counting || asked.shown.length > 0) return false;
  if (isWord(before, 'and')) unread('how many of what');
  // 各有几笔、多少手: rows are counted, and the figure is another.
  if (isMeasure(item) && chinese && !isWord(before, 'how-many')) unread('counts nothing');
  asked.counting = false;
  // 平均有多少积分.
  if (isMeasure(item)) return false;
  if (isDay(state, ref)) {
    asked.counting = true;
    return (isDone(ref.column) && countsDone(state, ref)) || unread('how many days');
  }
  const isFigure = isQuantity(state, ref) && !said.distinct;
  // 给了多少次评级: how often, and not how many grades there are; `ratings` of analyst_rating are its rows.
  const isOften = chinese && isWord(before, 'how-many') && before.times === true;
  const isRows = !chinese && !said.distinct && isCalledAsRows(ref);
  if ((isOften || isRows) && !isFigure) {
    asked.shown.push({ call: 'count', rows: ref.table });
    asked.tables.push(ref.table);
    return true;
  }
  said.distinct = false;
  // Of rows that are called nothing, no one is asked for.
  const isOfAll = isFigure && !chinese && !hasLabel(state, ref.table) && addsUp(state, ref);
  const figure: Item = isOfAll ? { call: 'sum', of: ref } : ref;
  asked.shown.push(isFigure ? figure : { call: 'count', of: ref, distinct: true });
  asked.thing ??= ref.table;
  return true;
}

/** `which cities`: each once; `which city of ...` is of one row. */
function remember(state: ParseState, ref: ColumnRef): void {
  const { asked, said } = state;
  const isOf = isWord(ahead(state)[0], 'preposition');
  if (isNothingAsked(asked) && asked.listed && !isOf && !sortsAll(state)) asked.distinct = true;
  said.named = ref;
}

/** `balance over 500`: what is said behind it compares it. */
function asCompared(state: ParseState, { item, ref }: NamedItem): boolean {
  const { asked, said, chinese } = state;
  const isPattern = isPatternAhead(ahead(state));
  // `a height of over 5000`.
  const isOf = !chinese && isWord(ahead(state)[0], 'preposition');
  const [sign, number, counted] =
    isOf && isNumber(state, ref) ? ahead(state).slice(1) : ahead(state);
  const isCompared = isWord(sign, 'compare', 'between', 'mean', 'signed');
  if (!isPattern && !isCompared && !isDayAhead(state, ref)) return false;
  // `hours between May and June 2024`.
  if (isWord(sign, 'between') && number?.kind === 'period' && !isDay(state, ref)) return false;
  // `countries that have more than 2 airports`.
  const isKind = !isMeasure(item) && !isNumber(state, item) && !isDay(state, ref);
  if (isKind && number?.kind === 'number' && counted?.kind === 'table') return false;
  // `sectors that brought more than 500,000 of premium`.
  const isSum = isWord(sign, 'compare') && number?.kind === 'number' && number.form === 'amount';
  if (!chinese && isKind && isSum) return false;
  // `Which names contain "tea"?` asks for what it compares.
  if (isPattern && !chinese && isNothingAsked(asked)) {
    asked.distinct ||= said.distinct;
    said.distinct = false;
    asked.shown.push(item);
  }
  said.compared = item;
  return true;
}

/** `size 5`, `size 5 or more`, `size 5 to 10`. */
function asNumbered(state: ParseState, { item, ref }: NamedItem): boolean {
  // 单价在30到60之间; `a price of 30`, and not `the price of 30 products`.
  const [placed, , counted] = ahead(state);
  const isCounting =
    counted?.kind === 'table' ||
    counted?.kind === 'column' ||
    counted?.kind === 'value' ||
    isWord(counted, 'extreme');
  const isPlaced =
    isWord(placed, 'preposition') && (state.chinese || (isNumber(state, ref) && !isCounting));
  const [number, joint, last] = isPlaced ? ahead(state).slice(1) : ahead(state);
  if (number?.kind !== 'number') return false;
  if (isPlaced) state.at++;
  if (!isNumber(state, ref) || isMeasure(item)) unread('a number behind a column');
  if (isWord(joint, 'to') && last?.kind === 'number') {
    state.at += 3;
    columnBetween(state, ref, number, last);
  } else if (isWord(joint, 'or-more', 'or-less')) {
    state.at += 2;
    compareColumn(state, ref, joint.word === 'or-more' ? '>=' : '<=', number);
  } else {
    state.at++;
    compareColumn(state, ref, '=', number);
  }
  return true;
}

/** `number of orders per city; order the cities by …`: what is sorted is asked for already. */
function isSorted({ asked }: ParseState, { ref }: NamedItem, before: Meaning | undefined): boolean {
  const isShown = [...asked.groups, ...asked.shown].some(
    (item) => !isMeasure(item) && isSameColumn(item, ref),
  );
  if (isWord(before, 'sort')) return isShown;
  // `cost by sector, with sector`.
  const isOfGroup = asked.groups.some((group) => isSameColumn(group, ref));
  return isWord(before, 'with') && isOfGroup && asked.shown.length > 0;
}

/** What rows are called by. */
const LABEL = /name|title|(?:^|_)nm$/i;

/** Whether a column stands where what is asked for is listed. */
function mayShow(
  { asked, said, phrases, at, chinese, links }: ParseState,
  { table }: { readonly table: string },
  before: Meaning | undefined,
): boolean {
  // 没有保证金的交易: none of it, and it is not asked for.
  if (chinese && isWord(before, 'without')) return false;
  if (isNothingAsked(asked) || said.change !== undefined) return true;
  // 已结案的案件里，每种方式收回了多少元.
  if (chinese && asked.shown.length === 0 && said.groupedAt === at - 1) return true;
  if (phrases.some((one) => isWord(one, 'versus', 'from-before'))) return true;
  if (
    isWord(before, 'and', 'with-own', 'list', 'which', 'distinct', 'measure', 'extreme') ||
    isWord(before, 'how-much', 'how-many') ||
    (chinese && isWord(before, 'when')) ||
    // `the managers, and when they joined`.
    (isWord(before, 'when') && isWord(phrases[at - 3], 'and'))
  )
    return true;
  // 各类合同的金额.
  const isOfThings = before?.kind === 'column' && before.ofThings === true;
  const isOfTable = (before?.kind === 'table' || isOfThings) && !said.which;
  // 2025年额度被冻结的客户号: in Chinese, what is asked for stands last.
  const isLast = phrases
    .slice(at)
    .every((one) => isWord(one, 'which', 'how-much', 'in-unit', 'descending', 'ascending'));
  const isPlain = asked.shown.length === 0 && asked.groups.length === 0 && !asked.counting;
  if (chinese && isLast && isPlain) return true;
  // `what is Nancy Edwards's phone number`.
  const isOfRow = before?.kind === 'value' && said.sole === true;
  // `what did asset A-17 cost`: of the one row that its name and the word for it tell.
  const named = phrases[at - 3];
  const isOfNamed =
    !chinese &&
    before?.kind === 'value' &&
    named?.kind === 'table' &&
    isTable(named.table, before.table) &&
    isTable(before.table, table) &&
    isPlain &&
    at === phrases.length;
  if (isOfNamed) return true;
  if (asked.shown.length === 0 && (isWord(before, 'with') || isOfTable || isOfRow)) return true;
  // `fund names with vintage`.
  const by = asked.order?.by;
  const areOfRow = asked.shown.every(
    (one) =>
      !isMeasure(one) &&
      isTable(one.table, table) &&
      (LABEL.test(one.column) || (by !== undefined && isDeepStrictEqual(by, one))),
  );
  // `five largest commitments with the name of the company`: of the one that each is of.
  const isOfOwner =
    asked.limit !== undefined &&
    asked.shown.length > 0 &&
    asked.shown.every(
      (one) => !isMeasure(one) && isDeepStrictEqual(by, one) && isPartOf(links, one.table, table),
    );
  if (!chinese && isWord(before, 'with') && isOfOwner) return true;
  if (!chinese && isWord(before, 'with') && areOfRow && asked.groups.length === 0) return true;
  // `the price and the customer's name`.
  const isOwn = before?.kind === 'table' && before.table === table;
  return isOwn && isWord(phrases[at - 3], 'and', 'list');
}

/** `average price and weight`: measured as what stands before it is. */
function alike(state: ParseState, item: Item, ref: ColumnRef): Item | undefined {
  const { asked, chinese, phrases, at } = state;
  const last = asked.shown.at(-1);
  const isBeside = isWord(phrases[at - 2], 'and') && phrases[at - 3]?.kind === 'column';
  if (chinese || !isBeside || isMeasure(item) || last === undefined || !isMeasure(last))
    return undefined;
  const isFigure = isQuantity(state, ref);
  if (!isFigure || last.call === 'count' || last.of?.table !== ref.table) return undefined;
  return { ...last, of: ref };
}

/** `subscriptions still running and what do they cost`. */
function isAndWhich({ phrases, at }: ParseState): boolean {
  return isWord(phrases[at - 2], 'which') && isWord(phrases[at - 3], 'and');
}

/** `which source pledged the most`: added up for each; whether it is so. */
function isMostOfAmount(state: ParseState, item: Item, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [next, ...more] = ahead(state);
  const isMost = isWord(next, 'extreme') && next.of === 'count';
  const isOther = more[0]?.kind === 'table' || more[0]?.kind === 'column';
  if (chinese || !isMost || isOther || isMeasure(item) || isNothingAsked(asked)) return false;
  if (!isQuantity(state, ref) || !addsUp(state, ref) || said.extreme !== undefined) return false;
  if (asked.shown.some(isMeasure) || asked.order !== undefined) return false;
  state.at++;
  orderBy(state, { call: 'sum', of: ref }, next.descending);
  return true;
}

/** `storms and their gross loss`: rows that are told by what is said of them alone. */
function thingBeside(
  { asked, chinese }: ParseState,
  before: Meaning | undefined,
): string | undefined {
  if (asked.thing !== undefined) return asked.thing;
  const isSaid = asked.conditions.length > 0 && asked.groups.length === 0;
  const isBeside = isWord(before, 'with') || (!chinese && isWord(before, 'and', 'with-own'));
  return isSaid && isBeside ? thingOf(asked) : undefined;
}

/** `top 3 items by quantity, with that quantity`: added up as it is ordered by. */
function orderedBy({ asked, chinese }: ParseState, item: Item, ref: ColumnRef): Item | undefined {
  const by = asked.order?.by;
  const isSame =
    by !== undefined && isMeasure(by) && by.of !== undefined && isSameColumn(by.of, ref);
  // 含税金额最大的应付单：单号、金额.
  const isOfTwo =
    by !== undefined && !isMeasure(by) && (by.steps ?? by.minus) !== undefined && isLike(by, ref);
  if (chinese && isOfTwo && !isMeasure(item)) return by;
  return !chinese && isSame && !isMeasure(item) ? by : undefined;
}

function isLike(one: ColumnRef, other: ColumnRef): boolean {
  return one.table === other.table && one.column === other.column;
}

/** 分包商有哪些，什么专业; 供应商是哪家，什么时候注册: things are asked for, and something that each has. */
function isSecondAsked({ phrases }: ParseState, before: Meaning | undefined): boolean {
  const asking = before === undefined ? -1 : phrases.indexOf(before);
  const isAsking = isWord(before, 'which', 'when') && isWord(phrases[asking - 1], 'and');
  return isAsking && phrases.slice(0, asking - 1).some((one) => isWord(one, 'which', 'who'));
}

/** `the largest pledge of each campaign, with the nickname`: a pledge is called nothing, and told by what it comes to. */
function labelsBeside(state: ParseState, rows: string): ColumnRef[] {
  const labels = labelsOfRows(state, rows);
  if (state.chinese || !isToldByAmount(state, rows)) return labels;
  const isNumber = labels.every(({ column }) => /(?:number|no|code)$/i.test(column));
  return isNumber && state.asked.groups.length === 0 ? labels : [];
}

/** With what things are called by: `top 5 customers and balance`, `funds with their fees`. */
function show(state: ParseState, { item, ref }: NamedItem, before: Meaning | undefined): void {
  const { asked, said } = state;
  // 金额最大的商户 asks for nothing beside.
  const isBeside = state.chinese
    ? isWord(before, 'and', 'with')
    : before?.kind === 'word' && before.word !== 'list';
  // 客户和各自的余额.
  const isAndOf = state.chinese && isWord(before, 'and');
  const isFirst = asked.order !== undefined || asked.limit !== undefined || isAndOf;
  // 有哪些医生，分别是什么职称.
  const isOfEach = isWord(before, 'which') && before.each === true && asked.listed;
  // `people hired in 2024, with hire date`; `and what do they cost`.
  const isWhen = isWord(before, 'when') && isDay(state, ref);
  const isAside = !state.chinese && (isWord(before, 'with') || isAndWhich(state) || isWhen);
  // 上榜的名单，带职称; 分包商有哪些，什么专业.
  const isMore = state.chinese && (isWord(before, 'with') || isSecondAsked(state, before));
  const isTold =
    (isBeside && isFirst) || isOfEach || isAside || isMore || isWord(before, 'with-own');
  const rows = isMeasure(item) ? asked.thing : thingBeside(state, before);
  if (asked.shown.length === 0 && rows !== undefined && (isTold || asked.thing === undefined)) {
    asked.shown.push(...labelsBeside(state, rows));
  }
  const isSum =
    asked.asks === 'how-much' && isNumber(state, ref) && !isMeasure(item) && addsUp(state, ref);
  const shown: Item = isSum
    ? { call: 'sum', of: ref }
    : (orderedBy(state, item, ref) ?? alike(state, item, ref) ?? item);
  asked.distinct ||= said.distinct;
  said.distinct = false;
  if (!asked.shown.some((one) => isDeepStrictEqual(one, shown))) asked.shown.push(shown);
}
