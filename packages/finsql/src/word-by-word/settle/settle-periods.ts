/** Periods as conditions, as groups, and as what is asked for. */
import type { ParseState } from '../model/parse-state.ts';
import { isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { periodCondition, periodGroups } from '../take/asked-period.ts';
import { joinAlternatives } from '../take/take-alternative.ts';
import { partBoth } from '../take/take-both.ts';

/** Holds rows to the periods that are said, after all else that they are held to. */
export function holdToPeriods(state: ParseState, thing: string): void {
  const { asked } = state;
  const dated = asked.periods.map((period) => periodCondition(state, thing, period));
  asked.conditions = partBoth(state, thing, joinAlternatives(state, dated));
}

/** `each month`: groups of such periods. */
export function groupByPeriods(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.eachPeriod === undefined) return;
  asked.groups.push(...periodGroups(state, thing, said.eachPeriod));
}

/** `which month had the most orders`, `in which months were there more than 5 orders`. @throws Unread where nothing is said of the period */
export function showPeriod({ asked }: ParseState): void {
  const { order, having, groups } = asked;
  const [period, ...more] = groups;
  const isMeasured = having.length > 0 || (order !== undefined && isMeasure(order.by));
  if (period === undefined || more.length > 0 || asked.shown.length > 0) unread('which period');
  if (!isMeasured && order === undefined) unread('which period of what');
  asked.shown = [period];
  if (!isMeasured) asked.groups = [];
}
