/** Stored values and properties: what rows are held to. */
import { flagOf } from '../columns/flag-columns.ts';
import { tableWords } from '../columns/name-words.ts';
import { columnOf, hasLabel, isLabel, isNumber, labelColumns } from '../columns/schema-columns.ts';
import {
  ahead,
  behind,
  isNothingAsked,
  type ParseState,
  takeDenial,
} from '../model/parse-state.ts';
import {
  type FlagMeaning,
  isWord,
  type Meaning,
  type PropertyMeaning,
  type ValueMeaning,
} from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { phraseKey } from '../words/units.ts';
import { groupBy, isBesideGroup } from './beside-group.ts';
import { countsRowsOfKind } from './count-kinds.ts';
import { takeColumn } from './take-column.ts';

/**
 * `in Berlin`, `in Berlin or Paris`.
 * @throws Unread where a measure, a group or a number was said before it
 */
export function takeValue(
  state: ParseState,
  { table, column, value, also = [], denied, plural }: ValueMeaning,
): void {
  const { asked, said } = state;
  const ref = { table, column };
  const values = [value, ...also];
  let all = false;
  for (;;) {
    if (skipsSameRows(state, ref)) continue;
    const [joint, other] = ahead(state);
    if (!isWord(joint, 'and', 'or') || other?.kind !== 'value' || !isSameColumn(other, ref)) break;
    all ||= joint.word === 'and';
    values.push(other.value, ...(other.also ?? []));
    state.at += 2;
  }
  const isWithout = said.without;
  const not = takeDenial(state) !== (denied === true);
  countThem(state);
  // `average Berlin salary`: what is measured comes behind it, or is the amount.
  const isTableAhead = ahead(state).some(({ kind }) => kind === 'table');
  const [next] = ahead(state);
  // 最低和最高的经营贷利率.
  const isFigureAhead =
    state.chinese && next?.kind === 'column' && next.table === table && isNumber(state, next);
  const isCounted = said.calls.some(
    (call) =>
      call !== 'sum' &&
      call !== 'avg' &&
      !(call === 'count' ? isTableAhead : isFigureAhead || isExtremeOfKind(state)),
  );
  if (!denied && countsKind(state, ref, values, not)) return;
  if (isPerRow(state, ref)) said.grouping = false;
  if (!denied && takesEach(state, ref, value)) {
    asked.conditions.push({ kind: 'compare', column: ref, sign: '=', value });
    return;
  }
  const isSole = !denied && !not && values.length === 1;
  if (isSole && countsRowsOfKind(state, { ...ref, value, plural })) return;
  // `more than 5 cancelled orders`: the rows that are counted come behind it.
  const counted = ahead(state)[0];
  // `more than 500,000 pounds of bound premium`.
  const isOfAmount =
    !state.chinese &&
    said.number?.form === 'amount' &&
    counted?.kind === 'column' &&
    isTable(counted.table, table);
  // `more than 3 live deposits`.
  const isOfKind =
    !state.chinese &&
    counted?.kind === 'value' &&
    counted.plural === true &&
    isTable(counted.table, table);
  const isOfCounted =
    said.number !== undefined && (counted?.kind === 'table' || isOfAmount || isOfKind);
  if (said.grouping || isCounted || (said.sign !== undefined && !isOfCounted)) {
    unread('a value behind a word for another thing');
  }
  if (values.length === 1) {
    const opposite = not && isWithout ? notDone(state, ref, value) : undefined;
    asked.conditions.push(
      opposite === undefined
        ? { kind: 'compare', column: ref, sign: not ? '<>' : '=', value }
        : { kind: 'compare', column: ref, sign: '=', value: opposite },
    );
    return;
  }
  asked.conditions.push({ kind: 'among', column: ref, values, not, all });
}

/** 抵押贷款和质押贷款: rows that are named twice, of two values; whether it is so, and the first name of them is passed. */
function skipsSameRows(state: ParseState, ref: ColumnRef): boolean {
  const [rows, joint, other, again] = ahead(state);
  const isSame = rows?.kind === 'table' && again?.kind === 'table' && rows.table === again.table;
  const isJoined = isWord(joint, 'and', 'or') && other?.kind === 'value';
  if (!state.chinese || !isSame || !isJoined || !isSameColumn(other, ref)) return false;
  state.at++;
  return true;
}

/**
 * 没有回款 is 未回款 where that is stored beside 已回款: what is done in part, or void, is neither.
 * @throws Unread where only what is done in part is stored beside it
 */
function notDone(state: ParseState, ref: ColumnRef, value: string): string | undefined {
  const done = /^已(\p{Script=Han}{2,})$/u.exec(value)?.[1];
  const stored = columnOf(state, ref)?.samples ?? [];
  if (done === undefined) return undefined;
  const opposite = stored.find((one) => ['未', '尚未', '没有'].some((not) => one === not + done));
  if (opposite === undefined && stored.includes(`部分${done}`)) unread('not done, or not in full');
  return opposite;
}

/** `number of downgrades`: of rows that are called by what they hold, and nothing else. */
function countThem(state: ParseState): void {
  const { asked, said, chinese } = state;
  const isCount = said.calls.length === 1 && said.calls[0] === 'count';
  // `number of refunds per merchant`: the merchants are what they are grouped by.
  const isGroup = (at: number, all: readonly Meaning[]) => isWord(all[at - 1], 'each', 'by');
  const isNamed =
    ahead(state).some(({ kind }, at, all) => kind === 'table' && !isGroup(at, all)) ||
    ahead(state)[0]?.kind === 'column';
  const isOpen = asked.shown.length === 0 && asked.groups.length === 0 && asked.thing === undefined;
  if (chinese || !isCount || isNamed || !isOpen || said.grouping || said.distinct) return;
  said.calls = [];
  asked.counting = true;
}

/** `smallest and largest bonus`: of the amount of such rows, where nothing else is named. */
function isExtremeOfKind(state: ParseState): boolean {
  const { asked, chinese } = state;
  const isNamed = ahead(state).some(({ kind }) => /^(?:table|column|names|number)$/.test(kind));
  return !chinese && !isNamed && isNothingAsked(asked);
}

/** `per country: number of persons, number of businesses`: each counted by itself; whether it is so. */
function countsKind(
  state: ParseState,
  column: ColumnRef,
  [value, ...more]: readonly string[],
  not: boolean,
): boolean {
  const { asked, said, chinese } = state;
  const [next, beyond] = ahead(state);
  const isCount = said.calls.length === 1 && said.calls[0] === 'count' && !said.distinct;
  const isAnother = isWord(beyond, 'measure', 'how-many') && isWord(next, 'and');
  const isItem = next === undefined || isAnother;
  const isOpen = asked.thing === undefined && asked.groups.length > 0 && !said.grouping;
  if (chinese || !isCount || !isItem || !isOpen || value === undefined || more.length > 0 || not)
    return false;
  if (!asked.shown.every((item) => isMeasure(item) && item.heldTo !== undefined)) return false;
  if (next === undefined && asked.shown.length === 0) return false;
  said.calls = [];
  asked.shown.push({
    call: 'count',
    rows: column.table,
    heldTo: [{ kind: 'compare', column, sign: '=', value }],
  });
  return true;
}

/** `average lots per live purchase`: of the rows that the figure is of itself. */
function isPerRow(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [figure, ...more] = asked.shown;
  const isMean = figure !== undefined && isMeasure(figure) && figure.call === 'avg';
  if (chinese || !said.grouping || !isMean || more.length > 0 || isLabel(state, ref)) return false;
  const isNamed = ahead(state).some(({ kind }) => kind === 'table' || kind === 'column');
  return isWord(behind(state), 'each') && isTable(figure.of?.table, ref.table) && !isNamed;
}

/** `each retail client`: those of the things, where the word for them comes next or is the value itself; whether it is so. */
function takesEach(state: ParseState, ref: ColumnRef, value: string): boolean {
  const { said, chinese } = state;
  const [next] = ahead(state);
  const isBy = !state.chinese && isWord(behind(state), 'by');
  const isEach =
    said.grouping && (isBy || isWord(behind(state), 'each')) && said.calls.length === 0;
  if (chinese && isEach) return takesEachOfKind(state, ref);
  if (!isEach || isLabel(state, ref) || isTableName(state, value)) return false;
  if (next?.kind === 'table' && isTable(next.table, ref.table)) return true;
  const isOther = next?.kind === 'table' || next?.kind === 'column' || next?.kind === 'value';
  if (isOther || !hasLabel(state, ref.table)) return false;
  const labels = labelColumns(state, ref.table);
  // `per branch`, where entries alone are made at the branch or online.
  if (labels.some(({ column }) => /(?:number|no|id|code)$/i.test(column))) return false;
  groupBy(state, labels, true);
  return true;
}

/** 各支行的客户经理: the rows of that kind, by what they are called; whether it is so. */
function takesEachOfKind(state: ParseState, ref: ColumnRef): boolean {
  const [next, ...more] = ahead(state);
  const isOwn = next?.kind === 'table' && isTable(next.table, ref.table);
  // 各支行有多少个: they are counted, and nothing of each.
  const isCounted = isWord(next, 'how-many') && more.length === 0;
  if (isOwn || isCounted || isLabel(state, ref) || !hasLabel(state, ref.table)) return false;
  const labels = labelColumns(state, ref.table);
  if (labels.some(({ column }) => /(?:号|码|id|code|no)$/i.test(column))) return false;
  groupBy(state, labels, true);
  return true;
}

/** Whether a table is called so: `each client` are the clients, and no payee Client. */
function isTableName({ schema }: ParseState, value: string): boolean {
  const own = phraseKey(value);
  return schema.tables.some(({ name }) => tableWords(name).some((word) => phraseKey(word) === own));
}

/** `active customers`, `customers that are not active`. */
export function takeFlag(state: ParseState, { table, column }: FlagMeaning): void {
  const ref = { table, column };
  if (isBesideGroup(state)) {
    groupBy(state, [ref], false);
    return;
  }
  const found = columnOf(state, ref);
  const [yes, no] = (found && flagOf(found)) ?? unread('no flag');
  const value = takeDenial(state) ? no : yes;
  state.asked.conditions.push({ kind: 'compare', column: ref, sign: '=', value });
}

/**
 * `overdrawn accounts`, `products out of stock`.
 * @throws Unread where it is denied: of what holds nothing, neither is so
 */
export function takeProperty(
  state: ParseState,
  { table, column, sign, minus }: PropertyMeaning,
): void {
  if (takeDenial(state)) unread('a denied property');
  const ref = { table, column, ...(minus === undefined ? {} : { minus }) };
  if (takeMostOfSign(state, ref, sign)) return;
  state.asked.conditions.push({ kind: 'compare', column: ref, sign, value: 0 });
}

/** 亏损最多的网点: those of the lowest figure; whether it is so. */
function takeMostOfSign(state: ParseState, ref: ColumnRef, sign: PropertyMeaning['sign']): boolean {
  const { said, chinese } = state;
  const [extreme] = ahead(state);
  const isMost = isWord(extreme, 'extreme') && (extreme.of === 'any' || extreme.of === 'count');
  if (!chinese || !isMost || sign === '=' || sign === '<>' || said.extreme !== undefined)
    return false;
  state.at++;
  said.extreme = {
    ...extreme,
    of: extreme.of === 'count' ? 'count' : 'any',
    descending: extreme.descending === (sign === '>'),
  };
  takeColumn(state, ref);
  return true;
}
