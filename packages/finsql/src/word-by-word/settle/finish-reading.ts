/** The reading, once all phrases are taken: nothing may be left over, and what is asked for makes sense. */
import type { ParseState } from '../model/parse-state.ts';
import type { Reading } from '../model/reading.ts';
import { sumMass } from '../phrases/amounts-of-all.ts';
import { holdKindToTotal } from '../take/amounts-compared.ts';
import { showPart } from '../take/count-part.ts';
import { expectOwnHead } from '../take/count-rows-done.ts';
import { holdToTotal, orderByMoney } from '../take/hold-to-total.ts';
import {
  orderByExtreme,
  orderByRows,
  orderByTotals,
  orderShown,
  orderToAll,
  orderToPeak,
} from '../take/order-rows.ts';
import { holdToOwed } from '../take/owed.ts';
import { nameRowsOfKind } from '../take/rows-of-kinds.ts';
import { showApart } from '../take/show-apart.ts';
import { showKinds } from '../take/show-kinds.ts';
import { holdSteps, showSteps } from '../take/show-steps.ts';
import { orderByTop, sumOfPeriod } from '../take/sum-rows.ts';
import { expectBoth } from '../take/take-both.ts';
import { showOfThose } from '../take/take-those.ts';
import { thingOf } from '../take/thing-of.ts';
import { expectAsSaid } from './as-said.ts';
import { compareByDays } from './compare-days.ts';
import { countThing, expectOthersCounted } from './count-thing.ts';
import { holdToNow } from './current-rows.ts';
import { expectAllSaid, sumSpread } from './expect-all-said.ts';
import { expectEachQuestion } from './expect-each-question.ts';
import { expectNothingLeft } from './expect-nothing-left.ts';
import { expectOneOfKind } from './expect-one-of-kind.ts';
import { expectOneMeaning, expectSense } from './expect-sense.ts';
import { firstOfEach } from './first-of-each.ts';
import { groupByDaysOfTimes } from './group-times.ts';
import { limitRows } from './limit-rows.ts';
import { groupForMean, settleMean } from './mean-of-counts.ts';
import { holdMeansToKind } from './mean-of-kind.ts';
import { measureAmount } from './measure-amount.ts';
import { groupByPeriods, holdToPeriods, showPeriod } from './settle-periods.ts';
import { settleShown } from './settle-shown.ts';
import { showAsked } from './show-asked.ts';
import { showChange } from './show-change.ts';
import { showFigure } from './show-figure.ts';
import { showShare } from './show-share.ts';
import { showWhole } from './show-whole.ts';
import { sumOfAmounts } from './sum-of-amounts.ts';
import { sumOfKinds } from './sum-of-kinds.ts';
import { sumOfLines } from './sum-of-lines.ts';
import { weighMeans } from './weigh-means.ts';
import { showWholeMoney } from './whole-money.ts';
import { holdToQuarters } from './whole-years.ts';
import { showOwner } from './whose-extreme.ts';

/** Changes what is asked for by what is said and not yet applied, or refuses the reading. */
type Step = (state: ParseState, thing: string) => void;

/** Words that wait for what they order, hold or add up, each applied by the first step that it fits. */
const ORDER_AND_TOTALS: readonly ((state: ParseState) => void)[] = [
  orderByExtreme,
  orderByRows,
  // holdToTotal and groupForMean use up a sum and a mean that measureAmount would take for its own.
  holdToTotal,
  holdKindToTotal,
  orderByMoney,
  groupForMean,
  measureAmount,
  // It wants the one extreme that measureAmount may have shown.
  showOwner,
  // These add up only where there is no order: orderByTop makes one, of what they have added up.
  sumMass,
  sumOfPeriod,
  orderByTop,
  sumOfLines,
];

/** Behind all that uses words up. */
const NOTHING_LEFT: readonly ((state: ParseState) => void)[] = [
  expectNothingLeft,
  countThing,
  // A part of the rows that countThing counts.
  showPart,
];

/** Of the thing, which what is shown by now tells where nothing names it. */
const THING: readonly Step[] = [expectOwnHead, expectOthersCounted, orderByTotals];

const SHOWN_AND_PERIODS: readonly Step[] = [
  // It puts a condition before all others, whose places showShare and those behind it go by.
  holdToNow,
  showShare,
  showChanges,
  showKinds,
  showWhole,
  showAsked,
  // Of what is shown, a part, a weighed mean, and each in a column of its own.
  showOfThose,
  weighMeans,
  // It takes periods for columns: only those that are left hold rows.
  showApart,
  holdToPeriods,
  groupByPeriods,
  groupByDaysOfTimes,
  compareByDays,
  holdToQuarters,
  // By all groups, those of periods among them.
  settleGroups,
  sumSpread,
  sumOfAmounts,
  settleMean,
  expectBoth,
];

const ORDER_AND_ROWS: readonly Step[] = [
  // Last of what is shown: the order may be of a figure that settleGroups has made a sum.
  showFigure,
  // Of one figure there are no rows in an order; where only now one is found, it is an order of rows.
  orderToPeak,
  orderAsShown,
  sumOfKinds,
  // Before limitRows, which gives each order its number of rows: all that are the first, or one.
  orderManyToAll,
  limitRows,
  holdToOwed,
  showWholeMoney,
];

/** What must not be, of the reading as it is: they change nothing. */
const CHECKS: readonly Step[] = [
  expectSense,
  expectEachQuestion,
  expectOneOfKind,
  expectAsSaid,
  expectOneMeaning,
  expectAllSaid,
];

/** @throws Unread where a word is left over, or what is asked for makes no sense */
export function finishReading(state: ParseState): Reading {
  const { asked } = state;
  nameRowsOfKind(state);
  holdMeansToKind(state);
  for (const step of [...ORDER_AND_TOTALS, ...NOTHING_LEFT]) step(state);
  const thing = asked.thing ?? thingOf(asked);
  for (const step of [...THING, ...SHOWN_AND_PERIODS, ...ORDER_AND_ROWS, ...CHECKS]) {
    step(state, thing);
  }
  return readingOf(state, thing);
}

function readingOf({ asked, said }: ParseState, thing: string): Reading {
  return {
    thing,
    shown: asked.shown,
    conditions: asked.conditions,
    both: asked.both,
    groups: asked.groups,
    having: asked.having,
    tables: asked.tables,
    distinct: asked.distinct && asked.shown.length === 1,
    implicit: asked.implicit,
    countsGroups: asked.countsGroups === true,
    overGroups: asked.overGroups,
    steps: asked.steps,
    withNone: said.withNone === true,
    order: asked.order,
    limit: asked.limit,
    offset: asked.place === undefined ? undefined : asked.place - 1,
    firstOf: asked.firstOf,
  };
}

/** From period to period, or from one to another. */
function showChanges(state: ParseState, thing: string): void {
  if (!holdSteps(state, thing)) showChange(state, thing);
}

/** Figures of each period beside those before, periods, the first rows of each group, or groups with what is measured of them. */
function settleGroups(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (showSteps(state)) asked.implicit = false;
  else if (said.whichPeriod) showPeriod(state);
  else if (!firstOfEach(state, thing)) settleShown(state, thing);
}

/** An order that no column was named for. */
function orderAsShown(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.ordered !== undefined && asked.order === undefined) orderShown(state, thing);
}

/** 单价最高的是哪些. */
function orderManyToAll(state: ParseState): void {
  if (state.said.many) orderToAll(state);
}
