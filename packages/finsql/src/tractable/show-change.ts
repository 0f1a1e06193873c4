/** `how much did revenue grow from 2023 to 2024`: a figure of one period against that of another. */
import { periodCondition } from './asked-period.ts';
import type { AskedPeriod, ParseState } from './parse-state.ts';
import { type ColumnCondition, type Item, isMeasure, type Measure } from './reading.ts';
import { addsUp, isNumber, soleAmount } from './schema-columns.ts';
import { unread } from './unread.ts';

/**
 * Makes of what is asked for its change, or a condition on it: `which shops sold more in 2024 than in 2023`.
 * @throws Unread where there are not two periods, or not one figure
 */
export function showChange(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.change === undefined) return;
  const [first, second, ...more] = asked.periods.splice(0);
  if (first === undefined || second === undefined || more.length > 0) unread('a change of when');
  const { inPercent, sign } = said.change;
  const { figure, others } = figureOf(state, thing);
  // The periods are of what is measured.
  asked.shown = [figure, ...others];
  const [from, to] = [within(state, thing, first), within(state, thing, second)];
  if (sign === undefined) {
    asked.shown = [{ ...figure, change: { from, to, inPercent } }];
    return;
  }
  asked.shown = [...others];
  const measure = { ...figure, change: { from: to, to: from, inPercent } };
  asked.having.push({ measure, sign, value: 0 });
}

function within(state: ParseState, thing: string, period: AskedPeriod): ColumnCondition {
  if (period.sign !== undefined) unread('a change of open periods');
  const condition = periodCondition(state, thing, period);
  return condition.kind === 'without' ? unread('a change of what is absent') : condition;
}

/** The one figure that is asked for, and what else is shown; of `which shops sold more`, it is the amount. */
function figureOf(
  state: ParseState,
  thing: string,
): { readonly figure: Measure; readonly others: readonly Item[] } {
  const { asked, said } = state;
  const isFigure = (item: Item) => isMeasure(item) || isNumber(state, item);
  const [item, ...more] = asked.shown.filter(isFigure);
  const others = asked.shown.filter((one) => one !== item);
  const isCompared = said.change?.sign !== undefined;
  if (more.length > 0 || asked.order !== undefined) unread('a change of several');
  if (!isCompared && (item === undefined || others.length > 0)) unread('a change of what');
  const amount = item ?? soleAmount(state, thing);
  return { figure: measureOf(state, amount), others };
}

function measureOf(state: ParseState, item: Item): Measure {
  if (!isMeasure(item)) {
    if (!isNumber(state, item) || !addsUp(item)) unread('a change of levels');
    return { call: 'sum', of: item };
  }
  const { call, distinct } = item;
  if (call === 'min' || call === 'max' || distinct === true) unread('a change of extremes');
  return item;
}
