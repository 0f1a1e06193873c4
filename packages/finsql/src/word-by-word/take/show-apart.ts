/** Figures of several values or periods, each in a column of its own: 各渠道通过、拒绝的笔数分开列; 2024年底和2025年底各是多少. */
import { addsUp, isKey, isQuantity } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnCondition,
  type Item,
  isMeasure,
  isSameColumn,
  type Measure,
} from '../model/reading.ts';
import { periodCondition } from './asked-period.ts';
import { rowsWith } from './show-kinds.ts';

/** Whether it is said further on that each of several is asked for by itself. */
export function isApartAhead(state: ParseState): boolean {
  const { phrases, chinese } = state;
  const isEach = (one: (typeof phrases)[number]) =>
    isWord(one, 'apart') || (isWord(one, 'how-many', 'how-much') && one.each === true);
  return chinese && (ahead(state).some(isEach) || phrases.some((one) => isWord(one, 'apart')));
}

/** Makes of each figure one of each value, where rows are grouped otherwise, or of each period. */
export function showApart(state: ParseState, thing: string): void {
  const { asked, said } = state;
  const figures = asked.shown.flatMap((item) => measureOf(state, item));
  if (!state.chinese || !said.ofEach || figures.length === 0) return;
  if (figures.length !== asked.shown.length || asked.order !== undefined) return;
  const parts = periodsApart(state, thing) ?? valuesApart(state);
  if (parts === undefined) return;
  asked.shown = figures.flatMap((figure) =>
    parts.map((one): Item => ({ ...figure, heldTo: [one] })),
  );
  asked.counting = false;
}

/** What is added up or counted; none for what is neither. */
function measureOf(state: ParseState, item: Item): Measure[] {
  if (!isMeasure(item)) {
    const isAmount = isQuantity(state, item) && addsUp(state, item) && !isKey(item);
    return isAmount ? [{ call: 'sum', of: item }] : [];
  }
  const { call, distinct, inPercent, percentOf, change } = item;
  const isOther = [inPercent, percentOf, change].some((one) => one !== undefined);
  return isOther || distinct || !/^(?:count|sum|avg)$/.test(call) ? [] : [item];
}

function periodsApart(state: ParseState, thing: string): ColumnCondition[] | undefined {
  const { asked, said } = state;
  const { periods } = asked;
  const isPlain = periods.length > 1 && periods.every(({ sign }) => sign === undefined);
  if (!isPlain || said.eachPeriod !== undefined || said.change !== undefined) return undefined;
  const parts = periods.map((period) => periodCondition(state, thing, period));
  const held = parts.flatMap((one) => (one.kind === 'without' ? [] : one));
  if (held.length < parts.length) return undefined;
  periods.splice(0);
  return held;
}

function valuesApart({ asked, said }: ParseState): ColumnCondition[] | undefined {
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  const several = asked.conditions.filter((one) => one.kind === 'among' && !one.not && one.all);
  // 个人和企业的买卖金额对照: groups of the first kind, each of the second.
  const [kind, other, ...rest] = several;
  const areTwo = kind?.kind === 'among' && other !== undefined && rest.length === 0;
  if (!isGrouped && areTwo) asked.groups.push({ ...kind.column, isThing: false });
  const [among, ...more] = areTwo && !isGrouped ? [other] : several;
  if (!(isGrouped || areTwo) || among?.kind !== 'among' || more.length > 0) return undefined;
  if (asked.groups.some((group) => isSameColumn(group, among.column))) return undefined;
  asked.conditions = asked.conditions.filter((one) => one !== among);
  return among.values.map(rowsWith(among.column));
}
