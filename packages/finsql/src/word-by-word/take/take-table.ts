/** A table, as it is named: what is asked for, grouped by, counted, compared, ordered by, or denied. */
import { findTable, fold } from '../../schema/schema.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel, isLabel, labelColumns, soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, type TableMeaning } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isTable } from '../model/reading.ts';
import { orUnread, Unread, unread } from '../model/unread.ts';
import { asCompared, asCounted, asMost, asMostAhead, takeCountAhead } from './count-rows.ts';
import { isObjectOfDone, isOwnerOfMost, takeNoneOf } from './han-clauses.ts';
import { datedBefore, isHeadOfClause } from './head-of-clause.ts';
import { orderByExtreme } from './order-rows.ts';
import { showsOwnerAsked } from './owner-asked.ts';
import { rowsAbsent } from './rows-absent.ts';
import { ownersNamed } from './rows-of-kinds.ts';
import { isCountedToo } from './several-figures.ts';
import { asGroup, nameOfRows } from './table-groups.ts';
import { asMostOften, isDoneByThing, takeDone, takeMostDone, takeTotal } from './take-done.ts';
import { whoseRows } from './take-never-done.ts';
import { takeRowsCompared } from './take-rows-compared.ts';

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
  if (named.listed) {
    asked.tables.push(table);
    asked.shown.push(...nameOfRows(state, table));
    return;
  }
  if (done && (asMostOften(state, table) || takeRowsCompared(state, table))) return;
  if (done && takeMostDone(state, table)) return;
  const owners = done ? ownersNamed(state, table) : undefined;
  if (owners !== undefined) {
    asked.thing = owners;
    takeDone(state, named);
    return;
  }
  if (done && (state.chinese || isDoneByThing(state))) {
    takeDone(state, named);
    return;
  }
  const [head] = ahead(state);
  if (named.before !== undefined && head?.kind === 'table' && isTable(head.table, named.before)) {
    asked.tables.push(table);
    return;
  }
  if (takeNoneOf(state, table) || isObjectOfDone(state, table)) return;
  if (showsOwnerAsked(state, table)) return;
  // `customers without orders`.
  if (said.without || isDenied(state, table)) {
    // `who has no sales rep`: of two names, it is the second that is not there.
    if (
      !state.chinese &&
      asked.who &&
      asked.thing === undefined &&
      ahead(state)[0]?.kind === 'column'
    ) {
      unread('none of what');
    }
    said.without = false;
    said.negated = false;
    const owner = whoseRows(state, [table]);
    if (owner !== undefined) asked.thing ??= owner;
    if (refersToNone(state, table)) return;
    const { absentOf: of } = said;
    said.absentOf = undefined;
    asked.conditions.push(
      of === undefined ? rowsAbsent(state, table) : { kind: 'without', table, of },
    );
    return;
  }
  if (state.chinese && takeTotal(state, { table, isDone: false })) return;
  if (state.chinese && takeRowsCompared(state, table)) return;
  // 每张订单 is none of its lines.
  if (named.asDocument && said.grouping) unread('each of the lines');
  asked.tables.push(table);
  if (asGroup(state, table)) return;
  if (asListed(state, table) || asListedAgain(state, table)) return;
  if (done && isDoneForAmount(state)) unread('how much of what is done');
  takeCountAhead(state);
  if (USES.some((use) => use(state, table))) return;
  if (isCountedToo(state, table)) {
    asked.shown.push({ call: 'count', rows: table });
    return;
  }
  const [call, ...more] = said.calls;
  // `average sale size`.
  const isSized = isWord(ahead(state)[0], 'row-size');
  if (named.singular && !isSized && takesMeanOfRow(state, table)) return;
  if (call !== undefined && (more.length > 0 || (call !== 'sum' && call !== 'avg'))) {
    unread('a measure of a table');
  }
  // `total orders` may be how many, or how much.
  if (call !== undefined && cost === 0) said.tableMeasured = true;
  asThing(state, table);
}

/** `bonds priced below 90`: an amount, and no number of rows. */
function isDoneForAmount(state: ParseState): boolean {
  const [sign, number, next] = ahead(state);
  const isOfRows = number?.kind === 'number' && number.ofRows === true;
  const isNoun =
    next !== undefined &&
    (next.kind === 'table' || next.kind === 'column' || isWord(next, 'times', 'measure'));
  return (
    !state.chinese && isWord(sign, 'compare') && number?.kind === 'number' && !isOfRows && !isNoun
  );
}

/** 没有客户经理的储户: those who refer to none; whether it is so. */
function refersToNone(
  { asked, links, schema, chinese, ...state }: ParseState,
  table: string,
): boolean {
  const next = state.phrases[state.at];
  if (!chinese || next?.kind !== 'table' || next.done || asked.thing !== undefined) return false;
  const own = links.filter((link) => isTable(link.table, next.table));
  const [link, ...more] = own.filter((one) => isTable(one.target, table));
  const isBack = links.some((one) => isTable(one.table, table) && isTable(one.target, next.table));
  const column =
    link && findTable(schema, next.table)?.columns.find(({ name }) => fold(name) === link.column);
  if (column === undefined || more.length > 0 || isBack) return false;
  asked.conditions.push({
    kind: 'stored',
    column: { table: next.table, column: column.name },
    not: true,
  });
  return true;
}

/** `customers that are not associated with any order`. */
function isDenied({ asked, said, chinese }: ParseState, table: string): boolean {
  return said.negated && !chinese && asked.thing !== undefined && !isTable(asked.thing, table);
}

/** A table among columns is shown by what its rows are called: 名称、行业和城市, `names of actors with their musicals`. */
function asListed(state: ParseState, table: string): boolean {
  const { asked, chinese } = state;
  const isListed = chinese
    ? isAmongColumns(state, table) || isFirstOfList(state, table) || isOwnerBeside(state, table)
    : isListedInEnglish(state, table);
  if (isListed) asked.shown.push(...labelColumns(state, table));
  return isListed;
}

function isAmongColumns(state: ParseState, table: string): boolean {
  const { shown, thing } = state.asked;
  const isJoined = isWord(behind(state), 'and', 'with-own');
  return isJoined && shown.length > 0 && !shown.some(isMeasure) && !isTable(thing, table);
}

/** `voyages without invoice, vessel name and voyage`: the rows themselves, in a list of what is to be shown. */
function asListedAgain(state: ParseState, table: string): boolean {
  const { asked, phrases, at, chinese } = state;
  const [before, named] = [phrases[at - 2], phrases[at - 3]];
  const isItem = isWord(before, 'and') && named?.kind === 'column';
  const isEnd = ahead(state).length === 0 || isWord(ahead(state)[0], 'and');
  const isAgain = phrases
    .slice(0, at - 1)
    .some((one) => one.kind === 'table' && isTable(table, one.table));
  const isPlain = asked.shown.length > 0 && !asked.shown.some(isMeasure) && !state.said.grouping;
  if (chinese || !isItem || !isEnd || !isAgain || !isPlain || !isTable(asked.thing, table))
    return false;
  asked.shown.push(...labelColumns(state, table));
  return true;
}

/** 采购单及供应商: the rows, and those whose they are; whether it is so. */
function isOwnerBeside(state: ParseState, table: string): boolean {
  const { asked, said, links, phrases, at } = state;
  const { thing } = asked;
  const named = phrases[at - 3];
  const isBeside =
    isWord(behind(state), 'and') && named?.kind === 'table' && isTable(thing, named.table);
  const isPlain = asked.shown.length === 0 && !said.grouping && said.calls.length === 0;
  if (thing === undefined || !isBeside || !isPlain || ahead(state).length > 0) return false;
  if (!isPartOf(links, thing, table) || said.extreme !== undefined) return false;
  asked.shown.push(...labelColumns(state, thing));
  return true;
}

/** 违约交易的客户、日期和金额: what each of the rows has. */
function isFirstOfList(state: ParseState, table: string): boolean {
  const { asked, links } = state;
  const [joint, other] = ahead(state);
  const before = behind(state);
  const isOwner = asked.thing !== undefined && isPartOf(links, asked.thing, table);
  const isBehind =
    isWord(before, 'list') ||
    (before?.kind === 'table' && !before.done && isTable(before.table, asked.thing ?? ''));
  const isList = isWord(joint, 'and') && (other?.kind === 'column' || other?.kind === 'table');
  const isPlain = asked.shown.length === 0 && !state.said.grouping;
  return isOwner && isBehind && isList && isPlain && state.said.calls.length === 0;
}

/** @throws Unread where rows of two kinds may be meant: `in Berlin and orders over 5` */
function isListedInEnglish(state: ParseState, table: string): boolean {
  const { asked, said } = state;
  const [next, beyond] = ahead(state);
  // `the biggest bill, with the customer`: which the figure alone would not show.
  const isMost = said.extremeThing || asked.order !== undefined;
  if (isWord(behind(state), 'with') && isMost && next === undefined && asked.shown.length === 0)
    unread('rows of a second kind');
  // `invoices with customer and amount`.
  const isWithMore =
    isWord(behind(state), 'with', 'with-own') && isWord(next, 'and') && beyond?.kind === 'column';
  if (isInListOfWith(state, table)) {
    if (asked.shown.length === 0) asked.shown.push(...ownLabels(state));
    return true;
  }
  const isFirst = asked.thing !== undefined && asked.shown.length === 0;
  if (isWithMore && isFirst && !isTable(asked.thing, table) && !isTable(beyond.table, table)) {
    asked.shown.push(...ownLabels(state));
    return true;
  }
  if (!isAmongColumns(state, table)) return false;
  // `the price and the supplier's name`.
  const isOwner = (next?.kind === 'column' || next?.kind === 'names') && isTable(next.table, table);
  const isUsed = [said.sign, said.extreme, said.calls[0]].some((one) => one !== undefined);
  if (isOwner || isUsed) return false;
  const isPlain = asked.conditions.length === 0 && asked.order === undefined;
  if (isWord(behind(state), 'and') || !isPlain) unread('rows of a second kind');
  return true;
}

/** `with the donor, the appeal and the amount`: several tables, and a column behind them. */
function isInListOfWith({ asked, phrases, at }: ParseState, table: string): boolean {
  const first = phrases.slice(0, at).findLastIndex((one) => isWord(one, 'with'));
  const isThing = asked.thing !== undefined && !isTable(asked.thing, table);
  if (first < 0 || !isThing || asked.shown.some(isMeasure)) return false;
  const isItem = (one: Meaning) => one.kind === 'table' || one.kind === 'column';
  const list = phrases.slice(first + 1);
  const end = list.findIndex((one) => !isItem(one) && !isWord(one, 'and'));
  const items = (end < 0 ? list : list.slice(0, end)).filter(isItem);
  const tables = items.filter(({ kind }) => kind === 'table');
  return tables.length > 1 && items.at(-1)?.kind === 'column' && at <= first + 1 + list.length;
}

/** What the rows are called by that are asked for; none where nothing tells it. */
function ownLabels(state: ParseState): ColumnRef[] {
  const { thing } = state.asked;
  return thing !== undefined && hasLabel(state, thing) ? labelColumns(state, thing) : [];
}

/** 有运费的订单: what is asked for are rows, and nothing is said of the column. */
function isNounOfColumn({ asked, chinese, phrases, at }: ParseState, table: string): boolean {
  const [first, ...more] = asked.shown;
  const [before, last] = [phrases[at - 3], phrases[at - 2]];
  if (!chinese || last?.kind !== 'column' || isWord(before, 'which')) return false;
  if (first === undefined || more.length > 0 || isMeasure(first)) return false;
  return asked.thing === undefined && isTable(first.table, table) && first.column === last.column;
}

/** 雷一鸣医生看过哪些患者: the table says what he is, and others are asked for. */
function isNounOfName(state: ParseState, table: string): boolean {
  const { asked, chinese } = state;
  const before = behind(state);
  const [done, which, other] = ahead(state).filter(({ kind }) => kind !== 'period');
  const isNamed = chinese && before?.kind === 'value' && isTable(before.table, table);
  if (!isNamed || !isLabel(state, before) || !isNothingAsked(asked)) return false;
  const isDone = done?.kind === 'table' && done.done === true;
  return (
    isDone && isWord(which, 'which') && other?.kind === 'table' && !isTable(other.table, table)
  );
}

function isCountedInGroups(state: ParseState): boolean {
  const [joint, measure, ...more] = ahead(state);
  if (isCountedWithMean(state)) return true;
  const isBeside = isWord(joint, 'and') && isWord(measure, 'measure') && measure.call !== 'count';
  return !state.chinese && isBeside && more.some((one) => isWord(one, 'by', 'each', 'each-period'));
}

/** `lots per department, with the mean price`. */
function isCountedWithMean(state: ParseState): boolean {
  const [each, ...more] = ahead(state);
  const joint = more.findIndex((one) => isWord(one, 'with'));
  const isOfGroups = isWord(each, 'each', 'by') && joint > 0;
  const measure = more[joint + 1];
  const isMean = isWord(measure, 'measure') && measure.call === 'avg';
  const isPlain = more
    .slice(0, joint)
    .every((one) => one.kind === 'table' || one.kind === 'column' || isWord(one, 'and'));
  return !state.chinese && isOfGroups && isMean && isPlain && state.said.top === undefined;
}

/** `average pledge by country`: of the amount of one; not `average order value`; whether it is so. */
function takesMeanOfRow(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const [next] = ahead(state);
  const isOther = /^(?:table|column|names|number)$/.test(next?.kind ?? '');
  const isOpen = asked.shown.length > 0 || said.extreme !== undefined || said.grouping;
  if (chinese || isOther || isOpen || said.calls.length !== 1 || said.calls[0] !== 'avg')
    return false;
  const amount = orUnread(() => soleAmount(state, table));
  if (amount instanceof Unread) return false;
  said.calls = [];
  asked.thing ??= table;
  asked.shown.push({ call: 'avg', of: amount });
  return true;
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
  // `loans and average balance by branch`: how many there are.
  if (isNothingAsked(asked) && isCountedInGroups(state)) {
    asked.shown.push({ call: 'count', rows: table });
  }
  if (isOwnerOfMost(state, table)) return;
  if (isHeadOfClause(state)) {
    said.doneIn ??= datedBefore(state) ?? table;
    asked.thing = table;
  }
  asked.thing ??= table;
  said.beforeThing ??= asked.conditions.length;
  if (!isTable(asked.thing, table)) return;
  // `the names of all distinct products`; rows themselves are different ones as they are.
  asked.distinct ||= said.distinct && !asked.counting && !asked.shown.some(isMeasure);
  said.distinct = false;
  orderByExtreme(state);
  said.extremeThing = said.extreme !== undefined;
  // `the most valuable property and its valuation`.
  if (said.extreme?.dimension !== undefined) orderByExtreme(state);
  if (said.number !== undefined && asked.limit === undefined) {
    asked.limit = said.number.value;
    said.number = undefined;
  }
}
