/** 折算率最高是多少, 返佣比例最低是百分之几: the most itself is asked for, and not the row that has it. */
import { calledBy } from '../columns/comment-parts.ts';
import { columnOf, isDay, isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type Item, isMeasure, isTable } from '../model/reading.ts';

/** The most of what rows are ordered by; undefined where rows or a number of them are asked for, or their price. */
export function takeMostItself({ asked, said, chinese, ...state }: ParseState): Item | undefined {
  const { order, limit, thing, groups } = asked;
  if (!chinese || order === undefined || isMeasure(order.by) || limit !== undefined)
    return undefined;
  // 经费最高的项目叫什么，多少钱.
  if (asked.listed || asked.who) return undefined;
  const within = { ...state, chinese };
  const { by } = order;
  const isOther = groups.length > 0 || asked.shown.length > 0 || said.eachPeriod !== undefined;
  if (isOther || !isNumber(within, by) || isDay(within, by)) return undefined;
  const column = columnOf(within, by);
  const isAmount =
    column !== undefined &&
    calledBy(column).some((name) => /amount|amt|price|cost|金额|价|额|费|款/i.test(name));
  const isOwn = thing === undefined || (isAmount && isTable(thing, by.table));
  if (!isOwn && !/amount|amt|price|cost|金额|价|额/i.test(by.column)) return undefined;
  asked.order = undefined;
  return { call: order.descending ? 'max' : 'min', of: by };
}

/** 返佣比例最低是百分之几. */
export function showMostInPercent(state: ParseState): void {
  const { asked } = state;
  const most = asked.thing === undefined ? takeMostItself(state) : undefined;
  if (most !== undefined) asked.shown.push(most);
}
