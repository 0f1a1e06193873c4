/** A table, as it is named: what is asked for, grouped by, counted, compared, ordered by, or denied. */
import { fold } from '../schema/schema.ts';
import { soleKey } from '../schema/table-keys.ts';
import { groupBy, isBesideGroup } from './beside-group.ts';
import { compareColumn } from './compare-column.ts';
import { isOwnerOfMost, takeNoneOf } from './han-clauses.ts';
import { datedBefore, isHeadOfClause } from './head-of-clause.ts';
import { descends, orderBy, orderByExtreme } from './order-rows.ts';
import { ahead, behind, isListing, isNothingAsked, type ParseState } from './parse-state.ts';
import { isWord, type TableMeaning } from './phrase.ts';
import { type ColumnRef, isMeasure } from './reading.ts';
import { hasLabel, isLabel, isNumber, labelColumns, onlyNamed } from './schema-columns.ts';
import { isCountedToo } from './several-figures.ts';
import {
  asMostOften,
  dateDone,
  isDoneByThing,
  takeDone,
  takeRowsCompared,
  takeTotal,
} from './take-done.ts';
import { unread } from './unread.ts';

/** What a table may be named for behind other words, in order; true: it was. */
const USES: readonly ((state: ParseState, table: string) => boolean)[] = [
  asCompared,
  asMostAhead,
  asMost,
  asCounted,
];

/** @throws Unread where no use of the table fits what was said before it */
export function takeTable(state: ParseState, named: TableMeaning): void {
  const { table, cost, done } = named;
  const { asked, said } = state;
  if (done && (asMostOften(state, table) || takeRowsCompared(state, table))) return;
  if (done && (state.chinese || isDoneByThing(state))) {
    takeDone(state, named);
    return;
  }
  const [head] = ahead(state);
  if (named.before !== undefined && head?.kind === 'table' && isOf(head.table, named.before)) {
    asked.tables.push(table);
    return;
  }
  if (takeNoneOf(state, table)) return;
  // `customers without orders`.
  if (said.without || isDenied(state, table)) {
    said.without = false;
    said.negated = false;
    const { absentOf: of } = said;
    said.absentOf = undefined;
    asked.conditions.push({ kind: 'without', table, ...(of === undefined ? {} : { of }) });
    return;
  }
  if (state.chinese && takeTotal(state, { table, isDone: false })) return;
  if (state.chinese && takeRowsCompared(state, table)) return;
  asked.tables.push(table);
  if (asGroup(state, table)) return;
  if (asListed(state, table)) return;
  takeCountAhead(state);
  if (USES.some((use) => use(state, table))) return;
  if (isCountedToo(state, table)) {
    asked.shown.push({ call: 'count', rows: table });
    return;
  }
  const [call, ...more] = said.calls;
  if (call !== undefined && (more.length > 0 || (call !== 'sum' && call !== 'avg'))) {
    unread('a measure of a table');
  }
  // `total orders` may be how many, or how much.
  if (call !== undefined && cost === 0) said.tableMeasured = true;
  asThing(state, table);
}

/** `customers that are not associated with any order`. */
function isDenied({ asked, said, chinese }: ParseState, table: string): boolean {
  return said.negated && !chinese && asked.thing !== undefined && !isOf(asked.thing, table);
}

/** `by customer`; not `by customer Smith`, and not who made what is shown. */
function asGroup(state: ParseState, table: string): boolean {
  const { said } = state;
  const [next] = ahead(state);
  if (!said.grouping && !isOfFigures(state)) {
    if (state.chinese || !isBesideGroup(state)) return false;
  }
  // 按客户所在省份: the column tells the groups.
  const isOwn = next?.kind === 'column' && isOf(next.table, table);
  if (state.chinese && isOwn && isWord(behind(state), 'by')) return true;
  // `each transaction type`, where types are a table, too.
  if (!state.chinese && next?.kind === 'table' && !isOf(next.table, table))
    unread('groups of two tables');
  said.grouping = false;
  if ((next?.kind === 'value' && isOf(next.table, table)) || isAgent(state)) return false;
  groupBy(state, nameOfRows(state, table), true);
  return true;
}

/** What rows are called by, or their key. @throws Unread where they have neither */
function nameOfRows(state: ParseState, table: string): ColumnRef[] {
  const key = soleKey(state.schema, table);
  if (hasLabel(state, table) || key === undefined) return labelColumns(state, table);
  return [{ table, column: key }];
}

/** `premium written by agent`: figures are of each, where none is named. */
function isOfFigures(state: ParseState): boolean {
  const { shown } = state.asked;
  const by = behind(state);
  const isBy = isWord(by, 'preposition') && by.by === true;
  const areFigures = shown.every((item) => isMeasure(item) || isNumber(state, item));
  return isBy && shown.length > 0 && areFigures && ahead(state)[0]?.kind !== 'value';
}

/** `songs by singers`: who made what is shown is no group of it. */
function isAgent(state: ParseState): boolean {
  const { asked } = state;
  const isText = asked.shown.every((item) => !isMeasure(item) && !isNumber(state, item));
  // `orders by customer` counts them.
  const isSaid = asked.shown.length > 0 || (isListing(state) && !isNothingAsked(asked));
  return isWord(behind(state), 'by') && !asked.counting && isText && isSaid;
}

/** 订单数量: the count stands behind its rows; 订单数量最多 is an order. */
function takeCountAhead(state: ParseState): void {
  const [next, beyond] = ahead(state);
  if (!isWord(next, 'measure') || next.call !== 'count' || next.ofMost) return;
  if (state.asked.shown.length > 0) return;
  if ((beyond !== undefined && beyond.kind !== 'word') || isWord(beyond, 'extreme')) return;
  state.at++;
  state.said.calls = ['count'];
}

/** `customers with more than 5 orders`. */
function asCompared(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const { number } = said;
  const sign = said.sign ?? (isCounted(state, table) ? '=' : undefined);
  if (sign === undefined) return false;
  const isOfPeriods = said.whichPeriod && asked.thing === undefined;
  const isNothing = isNothingAsked(asked) && !chinese && !isOfPeriods;
  if (number?.form !== 'plain' || isNothing) unread('compared rows');
  if (isOf(asked.thing, table)) unread('compared with itself');
  // 订单超过2笔的客户 counts what stands before the number, 客户有超过2笔订单 what stands behind it.
  if (chinese && asked.thing !== undefined) unread('rows on both sides of a number');
  const room = asked.thing === undefined ? undefined : roomFor(state, asked.thing, table);
  if (room !== undefined) {
    asked.tables.pop();
    compareColumn(state, room, sign, number);
    return true;
  }
  said.sign = undefined;
  said.number = undefined;
  if (isOfPeriods) asked.thing = table;
  // `customers with at least one order` have orders.
  const isAny = (sign === '>=' && number.value === 1) || (sign === '>' && number.value === 0);
  if (isAny && !chinese && !isOfPeriods) return true;
  asked.having.push({ measure: { call: 'count', rows: table }, sign, value: number.value });
  return true;
}

/** `rooms that take at least 10 people`: so many may be in them, where no key tells who is. */
function roomFor(state: ParseState, thing: string, table: string): ColumnRef | undefined {
  const isNear = state.links.some(
    (link) =>
      [link.table, link.target].includes(fold(thing)) &&
      [link.table, link.target].includes(fold(table)),
  );
  const room = onlyNamed(state, thing, /capacity|(?:^|_)seats?$|sleeps$|座位|容量|可容纳/i);
  return isNear || room === undefined || !isNumber(state, room) ? undefined : room;
}

/** `courses that have two lessons`. */
function isCounted({ asked, said, chinese, phrases, at }: ParseState, table: string): boolean {
  const [owner, number] = [phrases[at - 3], phrases[at - 2]];
  if (chinese || number?.kind !== 'number' || said.number !== number) return false;
  const isOther = asked.thing !== undefined && !isOf(asked.thing, table);
  return isOther && (owner?.kind === 'table' || isWord(owner, 'with', 'who', 'which'));
}

/** A table among columns is shown by what its rows are called: 名称、行业和城市, `names of actors with their musicals`. */
function asListed(state: ParseState, table: string): boolean {
  const { asked, chinese } = state;
  const isListed = chinese ? isAmongColumns(state, table) : isListedInEnglish(state, table);
  if (isListed) asked.shown.push(...labelColumns(state, table));
  return isListed;
}

function isAmongColumns(state: ParseState, table: string): boolean {
  const { shown, thing } = state.asked;
  const isJoined = isWord(behind(state), 'and', 'with-own');
  return isJoined && shown.length > 0 && !shown.some(isMeasure) && !isOf(thing, table);
}

/** @throws Unread where rows of two kinds may be meant: `in Berlin and orders over 5` */
function isListedInEnglish(state: ParseState, table: string): boolean {
  const { asked, said } = state;
  const [next, beyond] = ahead(state);
  // `invoices with customer and amount`.
  const isWithMore =
    isWord(behind(state), 'with') && isWord(next, 'and') && beyond?.kind === 'column';
  const isFirst = asked.thing !== undefined && asked.shown.length === 0;
  if (isWithMore && isFirst && !isOf(asked.thing, table) && !isOf(beyond.table, table)) return true;
  if (!isAmongColumns(state, table)) return false;
  // `the price and the supplier's name`.
  const isOwner = (next?.kind === 'column' || next?.kind === 'names') && isOf(next.table, table);
  const isUsed = [said.sign, said.extreme, said.calls[0]].some((one) => one !== undefined);
  if (isOwner || isUsed) return false;
  const isPlain = asked.conditions.length === 0 && asked.order === undefined;
  if (isWord(behind(state), 'and') || !isPlain) unread('rows of a second kind');
  return true;
}

/** 上海的客户里，订单有多少: what stands before the word is counted, where it is not what the rest is about. */
export function takeCountBehind(state: ParseState): boolean {
  const { asked, chinese } = state;
  const counted = behind(state);
  const [next] = ahead(state);
  if (!chinese || counted?.kind !== 'table' || counted.done || asked.shown.length > 0) return false;
  const isOther = asked.thing !== undefined && !isOf(asked.thing, counted.table);
  if (!isOther || next?.kind === 'table' || next?.kind === 'column') return false;
  asked.shown.push({ call: 'count', rows: counted.table });
  return true;
}

/** 合同最多的客户, 合同数量最多的客户. */
function asMostAhead(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const [next, beyond] = ahead(state);
  const isCount = isWord(next, 'measure') && next.call === 'count';
  const extreme = isCount ? beyond : next;
  if (!chinese || said.extreme !== undefined || !isWord(extreme, 'extreme')) return false;
  if (extreme.of !== 'count' && !isCount) return false;
  const isDated = behind(state)?.kind === 'period' && asked.thing === undefined;
  state.at += isCount ? 2 : 1;
  if (extreme.place !== undefined) asked.place = extreme.place;
  // 2024年报修最多的小区: the period is of what is counted.
  if (isDated) dateDone(state, table);
  orderBy(state, { call: 'count', rows: table }, extreme.descending);
  if (asked.listed && asked.thing === undefined && ahead(state).length === 0) {
    unread('the most of itself');
  }
  return true;
}

/** `the customer with the most orders`. */
function asMost(state: ParseState, table: string): boolean {
  const { asked, said } = state;
  const { extreme } = said;
  const isCount = said.calls[0] === 'count';
  if (extreme === undefined || (extreme.of !== 'count' && !isCount)) return false;
  if (said.whichPeriod) asked.thing ??= table;
  else if (isNothingAsked(asked) || isOf(asked.thing, table)) return false;
  orderBy(state, { call: 'count', rows: table }, extreme.descending);
  said.extreme = undefined;
  if (isCount) said.calls = [];
  return true;
}

/** `how many customers`, `sorted by number of orders`. */
function asCounted(state: ParseState, table: string): boolean {
  const { asked, said, chinese, phrases, at } = state;
  // 上海的券商有多少名分析师: what stands behind the word is counted.
  const isBehind = chinese && asked.shown.length === 0 && isWord(behind(state), 'how-many');
  const isAsked = asked.counting && (isNothingAsked(asked) || isBehind);
  if (said.calls[0] !== 'count' && !isAsked) return false;
  // 每个客户平均有多少订单.
  if (chinese && said.calls.some((call) => call !== 'count' && call !== 'sum')) {
    unread('a measure of a count');
  }
  const isOfEach = said.calls[0] === 'count' && isWord(phrases[at - 3], 'with');
  said.calls = [];
  asked.counting = false;
  if (said.sorting) {
    said.sorting = false;
    orderBy(state, { call: 'count', rows: table }, descends(state));
    return true;
  }
  // `how many different customers bought`: of those who did, which is more than to be there.
  if (said.distinct) said.differing = true;
  said.distinct = false;
  // `brands with the number of cars`.
  const { thing } = asked;
  const isOfThing = chinese ? isBesideThing(state, table) : isOfEach;
  if (isOfThing && thing !== undefined && asked.shown.length === 0) {
    asked.shown.push(...labelColumns(state, thing));
  }
  asked.shown.push({ call: 'count', rows: table });
  if (asked.shown.length === 1) asked.thing ??= table;
  return true;
}

/** 客户,以及订单数量: it stands beside what is asked for, and tells how many of it each has. */
function isBesideThing({ asked: { thing }, phrases, at }: ParseState, table: string): boolean {
  const before = phrases
    .slice(0, at)
    .findLastIndex((one) => one.kind === 'table' && one.table === table);
  return !isOf(thing, table) && isWord(phrases[before - 1], 'and');
}

/** 有运费的订单: what is asked for are rows, and nothing is said of the column. */
function isNounOfColumn({ asked, chinese, phrases, at }: ParseState, table: string): boolean {
  const [first, ...more] = asked.shown;
  const [before, last] = [phrases[at - 3], phrases[at - 2]];
  if (!chinese || last?.kind !== 'column' || isWord(before, 'which')) return false;
  if (first === undefined || more.length > 0 || isMeasure(first)) return false;
  return asked.thing === undefined && isOf(first.table, table) && first.column === last.column;
}

/** 雷一鸣医生看过哪些患者: the table says what he is, and others are asked for. */
function isNounOfName(state: ParseState, table: string): boolean {
  const { asked, chinese } = state;
  const before = behind(state);
  const [done, which, other] = ahead(state).filter(({ kind }) => kind !== 'period');
  const isNamed = chinese && before?.kind === 'value' && isOf(before.table, table);
  if (!isNamed || !isLabel(state, before) || !isNothingAsked(asked)) return false;
  const isDone = done?.kind === 'table' && done.done === true;
  return isDone && isWord(which, 'which') && other?.kind === 'table' && !isOf(other.table, table);
}

/** `customers`, `the newest customers`, `5 customers`. */
function asThing(state: ParseState, table: string): void {
  const { asked, said } = state;
  if (isNounOfColumn(state, table)) unread('a column before its table');
  if (isNounOfName(state, table)) return;
  // `the address and email of customers`: the first of what is listed.
  const [joint, other] = ahead(state);
  const begins = isNothingAsked(asked) && isWord(joint, 'and') && other?.kind === 'column';
  if (begins && !state.chinese) asked.shown.push(...labelColumns(state, table));
  if (isOwnerOfMost(state, table)) return;
  if (isHeadOfClause(state)) {
    said.doneIn ??= datedBefore(state) ?? table;
    asked.thing = table;
  }
  asked.thing ??= table;
  said.beforeThing ??= asked.conditions.length;
  if (!isOf(asked.thing, table)) return;
  // `the names of all distinct products`; rows themselves are different ones as they are.
  asked.distinct ||= said.distinct && !asked.counting && !asked.shown.some(isMeasure);
  said.distinct = false;
  orderByExtreme(state);
  said.extremeThing = said.extreme !== undefined;
  if (said.number !== undefined && asked.limit === undefined) {
    asked.limit = said.number.value;
    said.number = undefined;
  }
}

function isOf(thing: string | undefined, table: string): boolean {
  return thing !== undefined && fold(thing) === fold(table);
}
