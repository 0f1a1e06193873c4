/** What is done with rows of a table: 从来没买过, 2024年买过, 付了多少钱. */
import { isPartOf } from '../columns/part-of.ts';
import { isQuantity, soleAmount } from '../columns/schema-columns.ts';
import {
  ahead,
  behind,
  isNothingAsked,
  type ParseState,
  periodsSaid,
} from '../model/parse-state.ts';
import { isWord, type TableMeaning } from '../model/phrase.ts';
import { isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { dateDone } from './date-done.ts';
import { showsMeasured } from './han-clauses.ts';
import { orderBy } from './order-rows.ts';
import { rowsAbsent } from './rows-absent.ts';
import { ownersNamed } from './rows-of-kinds.ts';
import { areAmounts } from './sum-rows.ts';
import { takeRowsCompared } from './take-rows-compared.ts';

/** @throws Unread where it is said how often or how much of it, but for money */
export function takeDone(state: ParseState, { table, most }: TableMeaning): void {
  const { asked, said } = state;
  const [next, counted] = ahead(state);
  const before = behind(state);
  // `trips not billed`.
  if (!state.chinese && said.negated) {
    said.negated = false;
    said.without = true;
  }
  // 在租合同: those that are in that state.
  if (state.chinese && isWord(before, 'preposition') && !before.among) unread('what goes on');
  // 签过合同, 签了多少合同: the noun behind it says it all.
  const noun = state.chinese && isWord(next, 'how-many') && !said.without ? counted : next;
  if (noun?.kind === 'table' && noun.table === table) {
    dateDone(state, table);
    return;
  }
  // 收了多少保费: the figure behind it says it all.
  const isOfFigure = counted?.kind === 'column' && isQuantity(state, counted);
  if (state.chinese && isWord(next, 'how-much') && isOfFigure && !said.without) {
    // 付了多少租金: what is paid of it, and no rent of the leases.
    if (isPartOf(state.links, table, counted.table)) unread('how much of what is done');
    dateDone(state, counted.table);
    return;
  }
  if (isWord(next, 'how-much')) {
    if (counted?.kind === 'table' && counted.table === table) unread('how many of those');
    if (said.without || asked.shown.length > 0) unread('how much of what');
    // 青松和白桦各花了多少钱.
    if (isWord(behind(state), 'each')) {
      said.grouping = false;
      said.ofEach = true;
    }
    state.at++;
    asked.tables.push(table);
    const of = soleAmount(state, table);
    if (showsMeasured(state, of)) return;
    asked.shown.push({ call: 'sum', of });
    said.calls = said.calls.filter((call) => call !== 'sum');
    return;
  }
  // 2025年发放了多少笔贷款.
  if (state.chinese && isWord(behind(state), 'how-many') && isCounted(state)) {
    dateDone(state, table);
    asked.counting = false;
    asked.tables.push(table);
    asked.shown.push({ call: 'count', rows: table });
    return;
  }
  if (takeTimes(state, table) || takeCountOf(state, table)) return;
  if (isOfRowsCounted(state, table)) return;
  if (most !== undefined && takeMost(state, table, most)) return;
  if (takeTotal(state, { table, isDone: true }) || takeRowsCompared(state, table)) return;
  const isMeasured =
    next?.kind === 'number' ||
    isWord(next, 'compare', 'extreme', 'measure', 'how-many', 'top', 'or-more', 'or-less', 'mean');
  if (isMeasured || said.grouping || said.calls.length > 0) unread('how much of what is done');
  if (!said.without) {
    dateDone(state, table);
    asked.tables.push(table);
    return;
  }
  // 没买过茶壶: not what is done, but what it is done with is denied.
  if (state.chinese && next?.kind === 'value') {
    said.deniedDone = true;
    asked.tables.push(table);
    return;
  }
  if (next?.kind === 'value' || next?.kind === 'column') unread('not done with what');
  said.without = false;
  asked.conditions.push(rowsAbsent(state, table));
}

/** `which region gave the most`: by what the rows come to that are done with, where those are money; whether it is so. */
export function takeMostDone(state: ParseState, table: string): boolean {
  const { asked, said, chinese, links } = state;
  const [most, ...more] = ahead(state);
  const isMost = isWord(most, 'extreme') && most.of === 'count';
  const isOther = more.some(({ kind }) => /^(?:table|column|names|value|number)$/.test(kind));
  const [kind, ...others] = asked.shown;
  const named = ownersNamed(state, table);
  const shown = kind === undefined || isMeasure(kind) ? undefined : kind.table;
  const owner = asked.thing ?? shown ?? named;
  const isPlain = others.length === 0 && asked.groups.length === 0 && said.calls.length === 0;
  if (chinese || !isMost || isOther || owner === undefined || !isPlain || said.without)
    return false;
  if (isTable(owner, table) || !isPartOf(links, table, owner) || !areAmounts(table)) return false;
  state.at++;
  if (named !== undefined) asked.thing = named;
  dateDone(state, table);
  asked.tables.push(table);
  orderBy(state, { call: 'sum', of: soleAmount(state, table) }, most.descending);
  return true;
}

/** 花钱最多的客户, 哪个客户下单最多. */
function takeMost(state: ParseState, table: string, most: 'sum' | 'count'): boolean {
  const { asked, said } = state;
  const [extreme] = ahead(state);
  const isMost = isWord(extreme, 'extreme') && extreme.of === 'count';
  // 哪个城市的客户下单最多: of the city, or of one customer?
  const isOther = asked.shown.length > 0 || said.calls.length > 0 || said.grouping;
  if (!isMost || said.without || isOther) return false;
  state.at++;
  dateDone(state, table);
  asked.tables.push(table);
  const by =
    most === 'sum'
      ? ({ call: 'sum', of: soleAmount(state, table) } as const)
      : ({ call: 'count', rows: table } as const);
  orderBy(state, by, extreme.descending);
  return true;
}

/** 2024年看了多少次: rows are counted, where nothing else is. */
function takeTimes(state: ParseState, table: string): boolean {
  const { asked, said } = state;
  const [next, ...more] = ahead(state);
  const isOfGroups = asked.groups.length > 0 || said.eachPeriod !== undefined;
  const isLast = more.length === 0 || (isOfGroups && isWord(more[0], 'and'));
  if (!isWord(next, 'how-many') || !isLast || !(next.times || isOfGroups)) return false;
  const isOther = asked.shown.length > 0 || asked.listed || asked.who || asked.counting;
  // 一共买了多少次.
  const isMeasured = said.calls.some((call) => call !== 'sum');
  if (isOther || said.without || isMeasured || said.extreme !== undefined) return false;
  said.calls = [];
  state.at++;
  dateDone(state, table);
  asked.tables.push(table);
  asked.shown.push({ call: 'count', rows: table });
  return true;
}

function isCounted(state: ParseState): boolean {
  const { asked, said } = state;
  const isFree = asked.shown.length === 0 && asked.thing === undefined && said.calls.length === 0;
  return asked.counting && isFree && !said.without && !said.grouping && ahead(state).length === 0;
}

/** 买了三张以上保单的客户: the noun behind the number says it all. */
function isOfRowsCounted(state: ParseState, table: string): boolean {
  const { said, chinese } = state;
  const [number, ...more] = ahead(state);
  const noun = more.find((one) => one.kind !== 'number' && one.kind !== 'word');
  const isCounted = number?.kind === 'number' && number.ofRows === true;
  return chinese && isCounted && !said.without && noun?.kind === 'table' && noun.table === table;
}

/** 每月成交笔数, 各小区在租合同数: rows are counted for each; whether they are. */
export function takeCountOf(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const [next, beyond] = ahead(state);
  const isCount = isWord(next, 'measure') && next.call === 'count' && !next.ofThings;
  const isEnd = beyond === undefined || isWord(beyond, 'and');
  const isOfGroups = asked.groups.length > 0 || said.eachPeriod !== undefined;
  if (!chinese || !isCount || !isEnd || !isOfGroups || asked.shown.length > 0) return false;
  if (said.grouping || said.without || said.calls.length > 0 || said.extreme !== undefined)
    return false;
  state.at++;
  dateDone(state, table);
  asked.tables.push(table);
  asked.shown.push({ call: 'count', rows: table });
  return true;
}

/** `how often did Smith order`: the rows of what is done. @throws Unread where there are none */
export function takeOften(state: ParseState): void {
  const { asked } = state;
  const done = ahead(state).find((one) => one.kind === 'table' && one.done === true);
  if (done?.kind !== 'table' || !isNothingAsked(asked) || asked.conditions.length > 0) {
    unread('how often of what');
  }
  asked.thing = done.table;
  asked.shown.push({ call: 'count', rows: done.table });
}

/** 累计消费超过1万元的会员, 付款总额超过500的客户: the total of rows is compared; whether it is. */
export function takeTotal(
  state: ParseState,
  { table, isDone }: { readonly table: string; readonly isDone: boolean },
): boolean {
  const { asked, said } = state;
  const [compared, number] = ahead(state);
  if (!isWord(compared, 'compare') || number?.kind !== 'number' || said.without) return false;
  const isSum = said.calls.length === 1 && said.calls[0] === 'sum';
  if (!isSum && (!isDone || number.form !== 'amount' || said.calls.length > 0)) return false;
  const of = soleAmount(state, table);
  state.at += 2;
  said.calls = [];
  asked.tables.push(table);
  dateDone(state, table);
  asked.having.push({ measure: { call: 'sum', of }, sign: compared.sign, value: number.value });
  return true;
}

/** `which car is rented most often`: by how often it is done. */
export function asMostOften(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const [next, ...more] = ahead(state);
  const extreme = said.extreme ?? next;
  const isOften = isWord(extreme, 'extreme') && extreme.of === 'rows';
  if (chinese || !isOften || said.without || isNothingAsked(asked)) return false;
  if (more.length > 0 || (said.extreme !== undefined && next !== undefined)) return false;
  if (said.extreme === undefined) state.at++;
  said.extreme = undefined;
  asked.tables.push(table);
  orderBy(state, { call: 'count', rows: table }, extreme.descending);
  return true;
}

/** `members who complained`: said of the things that are asked for, and neither counted nor added up. */
export function isDoneByThing(state: ParseState): boolean {
  const { asked, said } = state;
  const isMeasured =
    said.calls.length > 0 || said.sign !== undefined || said.extreme !== undefined || said.grouping;
  const isChange = said.change !== undefined || asked.asks === 'how-much';
  const next = ahead(state)[0];
  const isCounted =
    next?.kind === 'number' || isWord(next, 'compare', 'extreme', 'measure', 'how-many', 'top');
  const isOfOneDay = periodsSaid(state) < 2;
  return (
    !isNothingAsked(asked) && !isMeasured && !isChange && !isCounted && isOfOneDay && !said.money
  );
}
