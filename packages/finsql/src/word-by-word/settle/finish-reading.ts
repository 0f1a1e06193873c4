/** The reading, once all phrases are taken: nothing may be left over, and what is asked for makes sense. */

import { isDeepStrictEqual } from 'node:util';
import { isPartOf } from '../columns/part-of.ts';
import {
  hasLabel,
  isKey,
  isLabel,
  lineAmount,
  sizeOf,
  soleAmount,
} from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type Condition,
  columnOn,
  type Item,
  isMeasure,
  isTable,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { sumMass } from '../phrases/amounts-of-all.ts';
import { holdKindToTotal } from '../take/amounts-compared.ts';
import { periodCondition, periodGroups } from '../take/asked-period.ts';
import { showPart } from '../take/count-part.ts';
import { expectMany, expectOwnHead } from '../take/count-rows-done.ts';
import { amountPaid, holdToTotal, orderByMoney, sumUpCounted } from '../take/hold-to-total.ts';
import {
  orderBy,
  orderByExtreme,
  orderByRows,
  orderByTotals,
  orderShown,
  orderToAll,
  orderToPeak,
  sortsAll,
} from '../take/order-rows.ts';
import { holdToOwed } from '../take/owed.ts';
import { showApart } from '../take/show-apart.ts';
import { showKinds } from '../take/show-kinds.ts';
import { holdSteps, showSteps } from '../take/show-steps.ts';
import { areAmounts, isOfMoney, orderByTop, sumOfPeriod } from '../take/sum-rows.ts';
import { joinAlternatives } from '../take/take-alternative.ts';
import { expectBoth, partBoth } from '../take/take-both.ts';
import { showOfThose } from '../take/take-those.ts';
import { thingOf } from '../take/thing-of.ts';
import { showsAmount } from '../take/told-by-amount.ts';
import { expectAsSaid } from './as-said.ts';
import { holdToCurrent } from './current-rows.ts';
import { expectAllSaid, sumSpread } from './expect-all-said.ts';
import { expectOneMeaning, expectSense, isStateSaid } from './expect-sense.ts';
import { firstOfEach } from './first-of-each.ts';
import { groupForMean, settleMean } from './mean-of-counts.ts';
import { settleShown } from './settle-shown.ts';
import { showAsked } from './show-asked.ts';
import { showChange } from './show-change.ts';
import { showsRatios } from './show-ratios.ts';
import { showShare } from './show-share.ts';
import { showWhole } from './show-whole.ts';
import { weighMeans } from './weigh-means.ts';
import { showWholeMoney } from './whole-money.ts';
import { holdToQuarters } from './whole-years.ts';
import { showOwner } from './whose-extreme.ts';

/** @throws Unread where a word is left over, or what is asked for makes no sense */
export function finishReading(state: ParseState): Reading {
  const { asked, said } = state;
  orderByExtreme(state);
  orderByRows(state);
  holdToTotal(state);
  holdKindToTotal(state);
  orderByMoney(state);
  groupForMean(state);
  measureAmount(state);
  showOwner(state);
  sumMass(state);
  sumOfPeriod(state);
  orderByTop(state);
  expectNothingLeft(state);
  countThing(state);
  showPart(state);
  const thing = asked.thing ?? thingOf(asked);
  expectOwnHead(state, thing);
  if (!said.whichPeriod) expectOthersCounted(state, thing);
  orderByTotals(state, thing);
  const goesOn = isStateSaid(state) || holdToCurrent(state, thing);
  showShare(state, thing);
  if (!holdSteps(state, thing)) showChange(state, thing);
  showKinds(state, thing);
  showWhole(state, thing);
  showAsked(state, thing);
  showOfThose(state, thing);
  weighMeans(state);
  showApart(state, thing);
  const dated = asked.periods.map((period) => periodCondition(state, thing, period));
  asked.conditions = partBoth(state, thing, joinAlternatives(state, dated));
  if (said.eachPeriod !== undefined) {
    asked.groups.push(...periodGroups(state, thing, said.eachPeriod));
  }
  holdToQuarters(state, thing);
  if (showSteps(state)) asked.implicit = false;
  else if (said.whichPeriod) showPeriod(state);
  else if (!firstOfEach(state, thing)) settleShown(state, thing);
  sumSpread(state);
  settleMean(state);
  expectBoth(state);
  showFigure(state);
  orderToPeak(state);
  if (said.ordered !== undefined && asked.order === undefined) orderShown(state, thing);
  if (said.many) orderToAll(state);
  limitRows(state);
  holdToOwed(state);
  showWholeMoney(state);
  expectSense(state);
  expectAsSaid(state);
  expectOneMeaning(state, thing, goesOn);
  expectAllSaid(state, thing);
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

/** `which month had the most orders`, `in which months were there more than 5 orders`. */
function showPeriod({ asked }: ParseState): void {
  const { order, having, groups } = asked;
  const [period, ...more] = groups;
  const isMeasured = having.length > 0 || (order !== undefined && isMeasure(order.by));
  if (period === undefined || more.length > 0 || asked.shown.length > 0) unread('which period');
  if (!isMeasured && order === undefined) unread('which period of what');
  asked.shown = [period];
  if (!isMeasured) asked.groups = [];
}

/** A total may be said of what is shown as it is: `total amount` of rows that hold totals. */
function expectNothingLeft(state: ParseState): void {
  const { asked, said } = state;
  // `makes in our fleet, each once`; 交过停车费的户主，不要重复.
  const isOnce = said.distinct && isWord(state.phrases.at(-1), 'distinct');
  const isOfList = asked.shown.length > 0 && !asked.shown.some(isMeasure);
  if (isOnce && (state.chinese || isOfList)) {
    asked.distinct = true;
    said.distinct = false;
  }
  const isLeft =
    said.calls.some((call) => call !== 'sum') ||
    // In Chinese the mean may be said before its weight.
    (said.weight !== undefined && !state.chinese) ||
    [said.sign, said.number, said.extreme, said.top, said.compared, said.period].some(
      (one) => one !== undefined,
    ) ||
    [said.distinct, said.grouping, said.sorting, said.negated, said.without].includes(true);
  if (isLeft) unread('a word is left over');
  if (isTotalBeside(state)) unread('the total of what');
  const isOfFigures = state.chinese || (asked.groups.length === 0 && asked.shown.some(isMeasure));
  if (said.inPercent && showsRatios(state)) said.inPercent = false;
  if (said.inPercent && !said.share && said.change === undefined && isOfFigures) {
    unread('in percent of what');
  }
  if (said.sorts && asked.order === undefined && said.ordered === undefined)
    unread('sorted by nothing');
}

/** `number of claims and total claimed`: nothing is read of the second. */
function isTotalBeside({ said, phrases, chinese }: ParseState): boolean {
  // `how many, and what sum`.
  const isBeside = (at: number) =>
    isWord(phrases[at - 1], 'and') ||
    (isWord(phrases[at - 1], 'which') && isWord(phrases[at - 2], 'and'));
  const isTotal = (one: (typeof phrases)[number], at: number) =>
    isWord(one, 'measure') && one.call === 'sum' && !one.adverb && isBeside(at);
  return !chinese && said.calls.includes('sum') && phrases.some(isTotal);
}

/** `total paid in 2023`, `the largest invoice`: of the one amount of the thing. */
function measureAmount(state: ParseState): void {
  const { asked, said } = state;
  const [call, ...more] = said.calls;
  const isOfAmount = said.extreme?.of === 'any' && said.extreme.dimension === undefined;
  if (said.extreme !== undefined && isOfAmount && said.extremeThing && call === undefined) {
    const thing = asked.thing ?? thingOf(asked);
    if (isOfRowsBefore(state, thing)) unread('the most of which figure');
    const { descending } = said.extreme;
    const amount = sizeOf(state, thing) ?? lineAmount(state, thing) ?? soleAmount(state, thing);
    said.extreme = undefined;
    // What is called nothing is told by its amount: `the largest donation`.
    if (asked.shown.length > 0 || hasLabel(state, thing)) {
      if (showsAmount(state, thing, amount)) asked.shown.push(amount);
      orderBy(state, amount, descending);
    } else asked.shown.push({ call: descending ? 'max' : 'min', of: amount });
    return;
  }
  // `total orders` may be how many, `average orders per customer` too; not in dollars.
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  const isOpen = call === 'sum' || (call !== undefined && isGrouped);
  const isMoney =
    said.unitAsked ||
    isOfMoney(asked.thing ?? '') ||
    (areAmounts(asked.thing ?? '') && !said.money);
  if (said.tableMeasured && isOpen && !isMoney) unread('a measure of a table');
  sumUpCounted(state);
  // `smallest and largest bonus`.
  const areExtremes = said.calls.every((one) => one === 'min' || one === 'max');
  if (!state.chinese && call !== undefined && areExtremes && asked.shown.length === 0) {
    const of = soleAmount(state, asked.thing ?? thingOf(asked));
    asked.shown.push(...said.calls.map((one): Item => ({ call: one, of })));
    said.calls = [];
    return;
  }
  const isSum = (call === 'sum' || call === 'avg') && more.length === 0;
  if (!isSum || asked.shown.length > 0 || said.extreme !== undefined) return;
  asked.shown.push({ call, of: amountPaid(state, asked.thing ?? thingOf(asked)) });
  said.calls = [];
}

/** 净值最高的产品: in Chinese, what stands before the word tells of what it is. */
function isOfRowsBefore({ chinese, phrases }: ParseState, thing: string): boolean {
  const before = phrases[phrases.findIndex((one) => isWord(one, 'extreme')) - 1];
  return chinese && before?.kind === 'table' && !isTable(before.table, thing);
}

/** `top 3 customers by number of orders, with the count`. */
function showFigure({ asked, said }: ParseState): void {
  if (!said.figure) return;
  const [held, ...others] = asked.having;
  // `employers with at least four members; show how many each has`.
  const measured = asked.order?.by ?? (others.length === 0 ? held?.measure : undefined);
  const figure = measured ?? figureHeld(asked);
  if (figure === undefined) unread('a figure of no order');
  if (!asked.shown.some((item) => isDeepStrictEqual(item, figure))) asked.shown.push(figure);
}

/** `customers with a surcharge of 10 percent or more, and what is it`: what one condition compares. */
function figureHeld({ conditions }: ParseState['asked']): Item | undefined {
  const isOpen = (one: Condition) =>
    one.kind === 'compare' && one.sign !== '=' && typeof one.value === 'number';
  const [held, ...others] = conditions.filter(isOpen);
  return held !== undefined && others.length === 0 ? columnOn(held) : undefined;
}

/** `how many customers are there`. */
function countThing(state: ParseState): void {
  const { asked } = state;
  if (!asked.counting) return;
  // `how many no-shows`, 有多少笔申购: what is held tells what is counted.
  const isHeld = asked.conditions.length > 0;
  const thing = asked.thing ?? (isHeld ? thingOf(asked) : undefined);
  if (thing === undefined || asked.shown.length > 0) unread('counts nothing');
  if (asked.thing === undefined && state.chinese) expectMany(state, thing);
  asked.shown.push({ call: 'count', rows: thing });
}

/** `customers with more than 5 customers`. */
function expectOthersCounted(state: ParseState, thing: string): void {
  const { asked } = state;
  const isRow = (item: Item) => !isMeasure(item) && (isLabel(state, item) || isKey(item));
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count';
  if (asked.groups.length > 0 || !(asked.shown.every(isRow) || asked.shown.every(isCount))) return;
  const countsItself = ({ rows }: { readonly rows?: string }) => isTable(rows, thing);
  if (asked.having.some(({ measure }) => countsItself(measure))) unread('counts itself');
  // 开户超过两个的公司: of one account there is one company.
  const isOne = ({ rows }: { readonly rows?: string }) =>
    rows !== undefined && isPartOf(state.links, thing, rows) && !isPartOf(state.links, rows, thing);
  if (asked.having.some(({ measure }) => isOne(measure))) unread('how many of its one');
}

/** The first row alone, unless a number of rows is said or all are sorted. */
function limitRows(state: ParseState): void {
  const { asked } = state;
  if (asked.order !== undefined && !sortsAll(state)) asked.limit ??= 1;
  if (asked.place !== undefined) expectOnePlace(asked);
  if (asked.limit === undefined) return;
  if (asked.order === undefined) unread('a number of rows without an order');
  if (!Number.isInteger(asked.limit) || asked.limit <= 0) unread('no number of rows');
}

/** @throws Unread where no one row is in that place */
function expectOnePlace({ order, limit }: ParseState['asked']): void {
  if (order === undefined || limit !== 1) unread('which place');
}
