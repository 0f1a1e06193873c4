/** From period to period: `sales per month with the change from the month before`, `cumulative payments by month`. */
import { isDay, isMonth, isMonthNumber, isNumber } from '../columns/schema-columns.ts';
import type { AskedPeriod } from '../model/asked.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type Comparison,
  type Group,
  type Item,
  isMeasure,
  isTable,
  type Measure,
  type StepKind,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { monthNumber } from './asked-period.ts';
import { measureOf } from './measure-of.ts';

/**
 * Whether figures of each period are set against those of the period before; their periods are kept apart, as
 * what stands before the first of them counts, too.
 * @throws Unread where there is not one figure, and for months against those of the year before
 */
export function holdSteps(state: ParseState, thing: string): boolean {
  const { asked, said } = state;
  if (asked.periods.length === 0 && said.fromBefore?.grain !== undefined) {
    said.eachPeriod ??= said.fromBefore.grain;
  }
  const { change, fromBefore, running, eachPeriod } = said;
  if (eachPeriod === undefined || (change === undefined && fromBefore === undefined && !running)) {
    return false;
  }
  if (said.versus !== undefined || asked.order !== undefined || asked.having.length > 0) {
    unread('a change of each period');
  }
  if (fromBefore?.by === 'year' && eachPeriod !== 'year') unread('each against the year before');
  const [period, ...more] = asked.periods;
  if (more.length > 0 || period?.sign !== undefined) unread('a change of each period');
  asked.shown = [figureOf(state, thing)];
  asked.counting = false;
  const inPercent = change?.inPercent || fromBefore?.inPercent || said.inPercent;
  const kind: StepKind = running ? 'running' : inPercent ? 'percent' : 'change';
  said.steps = { kind, ...(running || period === undefined ? {} : { kept: period }) };
  if (!running) {
    asked.periods.splice(0);
    said.fullMonths = true;
  }
  return true;
}

/** `in which months were sales lower than in the month before`; whether it is so. */
export function takeStepAhead(state: ParseState, sign: Comparison): boolean {
  const { asked, said } = state;
  const isOfSteps = isWord(ahead(state)[0], 'from-before') && (sign === '<' || sign === '>');
  if (!isOfSteps || !said.whichPeriod || said.change !== undefined) return false;
  if (said.compared !== undefined) asked.shown.push(said.compared);
  said.compared = undefined;
  said.change = { inPercent: false, sign };
  return true;
}

function figureOf(state: ParseState, thing: string): Measure {
  const { shown, groups } = state.asked;
  const isGroup = (item: Item) =>
    !isMeasure(item) && groups.some(({ column }) => column === item.column);
  const [figure, ...more] = shown.filter((item) => !isGroup(item));
  if (figure === undefined && shown.length === 0) return { call: 'count', rows: thing };
  if (figure === undefined || more.length > 0) return unread('a change of several');
  const isFigure = isMeasure(figure) || isNumber(state, figure);
  return isFigure ? measureOf(state, figure) : unread('a change of what');
}

/** Shows the periods with their figures and steps; of `in which months`, those alone whose step is such. */
export function showSteps(state: ParseState): boolean {
  const { asked, said } = state;
  const { steps, change, whichPeriod } = said;
  const by = asked.groups.at(-1);
  const [figure] = asked.shown;
  if (steps === undefined || by === undefined || figure === undefined || !isMeasure(figure)) {
    return false;
  }
  const { kind, kept } = steps;
  // `cards whose balance rose every month`.
  const isOfOthers = figure.of !== undefined && !isTable(state.asked.thing, figure.of.table);
  if (!state.chinese && asked.thing !== undefined && isOfOthers && asked.groups.length < 2) {
    unread('a change of each thing');
  }
  const sign = change?.sign;
  if (whichPeriod !== (sign !== undefined)) unread('a change of each period');
  if (state.phrases.some((one) => isWord(one, 'sort', 'sorted-by'))) unread('sorted steps');
  asked.shown = whichPeriod ? [by] : [...asked.groups, figure];
  asked.steps = {
    by,
    figure,
    kind,
    ...(sign === undefined ? {} : { sign }),
    ...(kept === undefined ? {} : { kept: boundsOf(state, by, kept) }),
  };
  return true;
}

/** The first and the last of the periods, as the groups hold them. */
function boundsOf(
  state: ParseState,
  by: Group,
  { from, to }: AskedPeriod,
): readonly [string | number, string | number] {
  const texts = [from, to] as const;
  const quarter = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  if (by.part === 'quarter') return [quarter(from), quarter(to)];
  const isOfMonths = by.part === 'month' || isMonth(state, by);
  const [first, last] = texts.map((day) => day.slice(0, isOfMonths ? 7 : 4));
  if (first === undefined || last === undefined) return unread('a change of each period');
  if (isMonthNumber(state, by)) {
    return [monthNumber(from.slice(0, 7)), monthNumber(to.slice(0, 7))];
  }
  return isOfMonths || isDay(state, by) ? [first, last] : [Number(first), Number(last)];
}
