/** 金额最多的两位经办人, 哪个渠道的保费最高: kinds of rows by what the rows of each come to. */
import { calledBy } from '../columns/comment-parts.ts';
import { COST } from '../columns/name-costs.ts';
import { addsUp, columnOf, isQuantity } from '../columns/schema-columns.ts';
import { behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import type { Extreme } from '../model/said.ts';
import { isKind } from './group-shown.ts';

/** 金额最多的三个行业: the kind stands behind the extreme; whether it is so. */
export function isKindOfMost(state: ParseState, kind: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const { order, limit } = asked;
  if (!chinese || order === undefined || isMeasure(order.by) || said.single === true) return false;
  // 案件 is no 案件状态.
  const named = state.phrases[state.at - 1];
  if (named?.kind === 'column' && named.cost >= COST.synonym) return false;
  // 账单金额最高的国家: the rows are named with their amount.
  const isOfRows = isTable(asked.thing, order.by.table) && isWord(behind(state), 'extreme');
  const isOpen = asked.thing === undefined || isOfRows;
  // 合同金额前三的采购员.
  const isTop = state.phrases.slice(state.at - 4, state.at - 1).some((one) => isWord(one, 'top'));
  const isPlain = asked.shown.length === 0 && isOpen && (limit === undefined || isTop);
  const isSeveral = said.number?.form === 'plain' && said.sign === undefined;
  if (!isPlain || !isKind(state, kind) || !isAmount(state, order.by)) return false;
  if (isSameColumn(order.by, kind)) return false;
  // 工资最高的职位: of rows of its own, one.
  const isOfOne = !isSeveral && isTable(order.by.table, kind.table);
  if (isOfOne && !comesTo(state, order.by)) return false;
  asked.order = { ...order, by: { call: 'sum', of: order.by } };
  if (isSeveral) asked.limit = said.number?.value;
  said.number = undefined;
  asked.shown.push(kind);
  return true;
}

/** 哪个渠道的保费最高: the kind stands before it. */
export function isMostOfKind(state: ParseState, by: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [kind, ...more] = asked.shown;
  if (!chinese || kind === undefined || more.length > 0 || isMeasure(kind)) return false;
  const isPlain = asked.thing === undefined && said.which && said.single !== true;
  return isPlain && isKind(state, kind) && isAmount(state, by) && asked.groups.length === 0;
}

/** `top three sectors by premium`: of kinds, what the rows of each come to. */
export function isTotalOfKind(state: ParseState, by: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [kind, ...more] = asked.shown;
  if (chinese || kind === undefined || more.length > 0 || isMeasure(kind)) return false;
  const isPlain = asked.thing === undefined && asked.groups.length === 0 && said.single !== true;
  const isSeveral = asked.limit !== undefined && asked.limit > 1;
  return isPlain && isSeveral && isKind(state, kind) && isAmount(state, by);
}

/** What rows come to: money and quantities; not what lasts, changes, or what one person earns. */
const COMES_TO =
  /金额|余额|总额|[款本税保差]额|额$|(?<!月|年)租金|本金|利息|费(?!率|用?率)|货款|市值|价值|成本|利润|数量|件数|份额|规模|销量|产量|amount|amt|balance|premium|fee|cost|revenue|sales|value|qty|quantity|total|principal|interest|profit|tax/i;
const OF_PERSON = /工资|薪|[年月]收入|salary|wage/i;

/** 余额最高的客户, 付款最多的供应商: in Chinese, of what rows come to, where they are of things that have many; 单笔金额最高, 逾期天数最长 are of one row. */
export function isOfTotals(
  state: ParseState,
  { of }: Pick<Extreme, 'of'>,
  ref: ColumnRef,
): boolean {
  // 手续费最高的一笔申购是哪个客户的.
  if (state.phrases.some((one) => isWord(one, 'single'))) return false;
  if (of === 'count') return true;
  return of === 'any' && isQuantity(state, ref) && comesTo(state, ref);
}

function comesTo(state: ParseState, ref: ColumnRef): boolean {
  const column = columnOf(state, ref);
  const called = column === undefined ? [] : calledBy(column);
  return called.some((name) => COMES_TO.test(name)) && !called.some((name) => OF_PERSON.test(name));
}

function isAmount(state: ParseState, ref: ColumnRef): boolean {
  return isQuantity(state, ref) && addsUp(state, ref);
}
