/** Second clauses of Chinese questions: 有几笔,合计金额是多少; 按原因统计,各有多少. */
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  isDay,
  isKey,
  isLabel,
  isNumber,
  labelColumns,
  soleAmount,
} from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, type WordMeaning } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isSameColumn, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { orderBy } from './order-rows.ts';

/** 支出有几笔,合计金额是多少: the rows that stand before the word are counted, and more is asked of them; whether it is so. */
export function countsWithMore(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const counted = behind(state);
  const [next, beyond] = ahead(state);
  const isOfRows = counted?.kind === 'table' && asked.thing === counted.table;
  // 平今做了多少笔、多少手: of rows that are told by what they hold.
  const isOfHeld =
    counted?.kind === 'value' && asked.thing === undefined && !isLabel(state, counted);
  if (!chinese || !(isOfRows || isOfHeld)) return false;
  if (asked.shown.length > 0 || said.calls.length > 0) return false;
  // 有几份，合同金额合计多少.
  const isFigureAsked =
    beyond?.kind === 'column' &&
    beyond.table === counted.table &&
    isNumber(state, beyond) &&
    [2, 3].some((at) => isWord(ahead(state)[at], 'how-much'));
  const isMoreAsked = isWord(next, 'and') && (isWord(beyond, 'how-much') || isFigureAsked);
  if (!isMoreAsked && !isFigure(isWord(next, 'and') ? beyond : next)) return false;
  asked.shown.push({ call: 'count', rows: counted.table });
  return true;
}

/** 申购笔数, 各渠道的申购笔数最多: rows that are such are counted; whether it is so. */
export function countsHeld(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const held = behind(state);
  const [next] = ahead(state);
  if (!chinese || asked.shown.length > 0 || said.calls.length > 0) return false;
  if (held?.kind !== 'value' && held?.kind !== 'stored') return false;
  const isOther = asked.thing !== undefined && asked.thing !== held.table;
  const { kind } = asked.conditions.at(-1) ?? {};
  const isOfOne = kind === (held.kind === 'value' ? 'compare' : 'stored');
  if (isOther || !isOfOne || asked.order !== undefined || said.extreme !== undefined) return false;
  if (next?.kind === 'table' || next?.kind === 'column' || isLabel(state, held)) return false;
  const measure = { call: 'count', rows: held.table } as const;
  if (isWord(next, 'extreme')) {
    state.at++;
    orderBy(state, measure, next.descending);
  } else asked.shown.push(measure);
  asked.tables.push(held.table);
  return true;
}

function isFigure(one: Meaning | undefined): boolean {
  return isWord(one, 'measure') && one.call !== 'count';
}

/** 投诉原因,各有多少: rows are counted for each kind that was named; whether it is so. */
export function countsEach(
  state: ParseState,
  { each }: Extract<WordMeaning, { readonly word: 'how-many' }>,
): boolean {
  const { asked, said, chinese } = state;
  if (!chinese || each !== true || ahead(state).length > 0) return false;
  const isCount = ({ call, rows }: Measure) => call === 'count' && rows !== undefined;
  if (asked.shown.length === 0) {
    said.counted = showMeasure(state, isCount);
    return said.counted;
  }
  const [kind, ...more] = asked.shown;
  if (kind === undefined || isMeasure(kind) || more.length > 0 || asked.groups.length > 0)
    return false;
  const isKind = ![isNumber, isDay, isLabel].some((is) => is(state, kind)) && !isKey(kind);
  if (!isKind || (asked.thing !== undefined && asked.thing !== kind.table)) return false;
  said.counted = true;
  asked.listed = false;
  asked.shown.push({ call: 'count', rows: kind.table });
  return true;
}

/** 订单数和订单总额: what the rows come to stands beside how many they are; whether it is so. */
export function totalsBeside(state: ParseState): boolean {
  const { asked } = state;
  const of = behind(state);
  const [counted] = asked.shown;
  const isBeside = counted !== undefined && asked.shown.every(isMeasure);
  if (!isBeside || ahead(state).some(({ kind }) => kind === 'column')) return false;
  // 合同有几份，总金额多少.
  const isOfCounted = isWord(of, 'and') && asked.shown.length === 1 && isMeasure(counted);
  const table = of?.kind === 'table' ? of.table : isOfCounted ? counted.rows : undefined;
  if (table === undefined) return false;
  asked.shown.push({ call: 'sum', of: soleAmount(state, table) });
  return true;
}

/** Whether the rows are said to be the first of all: 金额最高的前五名. */
export function isExtremeSaid({ asked, said }: ParseState): boolean {
  return said.extreme !== undefined || (asked.order !== undefined && asked.limit === undefined);
}

/** 订单金额最高的五名员工: those whose orders come to the most; whether it is so. */
export function isOwnerOfMost(state: ParseState, owner: string): boolean {
  const { asked, said, chinese, phrases, links } = state;
  const { order, thing } = asked;
  const before = phrases
    .slice(0, state.at - 1)
    .findLast((one) => one.kind !== 'number' && !isWord(one, 'top'));
  if (!chinese || !isWord(before, 'extreme') || order === undefined || isMeasure(order.by))
    return false;
  const { table } = order.by;
  if (thing !== table || thing === owner || asked.shown.length > 0) return false;
  if (!isPartOf(links, table, owner) || !addsUp(state, order.by)) return false;
  asked.thing = owner;
  asked.order = { ...order, by: { call: 'sum', of: order.by } };
  asked.limit = said.number?.value ?? asked.limit;
  said.number = undefined;
  return true;
}

/** 订单金额最高的五名员工,金额各是多少: what things are ordered by or held to is shown, too; whether it is so. */
export function showsMeasured(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  const isFree = said.calls.every((call) => call === 'sum') && !said.grouping && !said.sorting;
  const isLast = ahead(state).every((one) => isWord(one, 'how-much', 'and', 'list'));
  if (!state.chinese || asked.shown.length > 0 || !isFree || !isLast) return false;
  const isOf = ({ of }: Measure) => of !== undefined && isSameColumn(of, ref);
  if (!showMeasure(state, isOf)) return false;
  said.calls = [];
  return true;
}

/** Shows what things are called by and the measure that they are ordered by or held to; whether there is such a one. */
function showMeasure(state: ParseState, is: (measure: Measure) => boolean): boolean {
  const { asked } = state;
  const by = asked.order === undefined ? [] : [asked.order.by];
  const [measure] = [...by, ...asked.having.map((one) => one.measure)].filter(isMeasure).filter(is);
  if (measure === undefined || asked.thing === undefined) return false;
  asked.shown.push(...labelColumns(state, asked.thing), measure);
  return true;
}

/** 认购过房地产类产品的客户, 没有认购过任何产品: what it is done with, and not what is asked for. */
export function isObjectOfDone(
  { asked, chinese, phrases, at, links }: ParseState,
  table: string,
): boolean {
  const before = phrases[at - 2];
  const isOfValue = before?.kind === 'value' && before.table === table;
  const verb = isOfValue ? phrases[at - 3] : before;
  if (!chinese || verb?.kind !== 'table' || verb.done !== true || verb.table === table)
    return false;
  const next = phrases[at];
  const isBeforeHead = next?.kind === 'table' && next.done !== true && next.table !== table;
  const isAbsent = asked.conditions.some(
    (one) => one.kind === 'without' && one.table === verb.table,
  );
  // 有保单但从未理赔过的客户: whose, and not what it is done with.
  const { thing } = asked;
  if (isAbsent && thing !== undefined && isPartOf(links, thing, table))
    unread('none of whose rows');
  return isBeforeHead || (isAbsent && asked.thing !== undefined && asked.thing !== table);
}

/** 一份合同都没签, 一个订单都没有: there are none of the rows; whether it is so. */
export function takeNoneOf(state: ParseState, table: string): boolean {
  const { asked, chinese } = state;
  const [without, done] = ahead(state);
  if (!chinese || !isWord(without, 'without') || asked.thing === table) return false;
  // 一只基金也没管的经理: those who have none stand behind it.
  const isOfNext = without.behind && done?.kind === 'table' && !done.done && done.table !== table;
  if (isOfNext && asked.thing === undefined && asked.shown.length === 0) {
    state.at++;
    asked.conditions.push({ kind: 'without', table });
    return true;
  }
  const isDone = done?.kind === 'table' && done.table === table && done.done === true;
  if (!isDone && (done !== undefined || asked.thing === undefined)) return false;
  state.at += isDone ? 2 : 1;
  asked.conditions.push({ kind: 'without', table });
  return true;
}
