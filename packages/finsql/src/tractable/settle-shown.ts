/** What is shown in the end: answers to who, when, where; groups with what is measured of them; labels. */
import { isDeepStrictEqual } from 'node:util';
import { findTable, fold } from '../schema/schema.ts';
import { soleKey } from '../schema/table-keys.ts';
import { asksHowMany, moneyAsked } from './hold-to-total.ts';
import { tableWords } from './name-words.ts';
import { sortsAll } from './order-rows.ts';
import { isListing, type ParseState } from './parse-state.ts';
import { isPartOf } from './part-of.ts';
import { isWord } from './phrase.ts';
import {
  type ColumnRef,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
  type Measure,
} from './reading.ts';
import { labelsOfRows } from './row-labels.ts';
import {
  addsUp,
  isDay,
  isKey,
  isLabel,
  isNumber,
  labelColumns,
  soleDay,
  solePlace,
  solePrice,
} from './schema-columns.ts';
import { sumBesideCount, sumOfCounted, sumOfGroups } from './several-figures.ts';
import { unread } from './unread.ts';

/**
 * Shows what `who`, `when`, `where` and `how much` ask for.
 * @throws Unread where the thing has no such column, or several
 */
export function showAsked(state: ParseState, thing: string): void {
  const { who, asks, shown } = state.asked;
  if (who && shown.length === 0) {
    const labels = labelColumns(state, thing);
    if (labels.some(({ column }) => /(?:number|no|code|编号|号)$/i.test(column))) {
      unread('who of no person');
    }
    shown.push(...labels);
  }
  if (shown.length === 0) {
    // `suppliers, and where they are from`.
    if (isAskedBeside(state)) shown.push(...labelColumns(state, thing));
    if (asks === 'when') shown.push(dayAsked(state, thing));
    if (asks === 'where') shown.push(solePlace(state, thing));
    if (asks === 'how-much') {
      shown.push(mostAsked(state) ?? moneyAsked(state, thing) ?? priceAsked(state, thing));
    }
    return;
  }
  sumBesideCount(state, thing);
  const columns = columnsIn(state);
  const isFigure = (item: Item) => isMeasure(item) || isNumber(state, item);
  const isNobody = (item: Item) =>
    !isMeasure(item) && (isNumber(state, item) || isDay(state, item));
  if (who && state.asked.thing === undefined && shown.every(isNobody)) unread('who is a figure');
  if (asks === 'how-much' && !state.chinese && !shown.some(isFigure)) unread('how much of a text');
  const isTime = (ref: ColumnRef) => isDay(state, ref) || /year|年/i.test(ref.column);
  if (asks === 'when' && !columns.some(isTime)) unread('when, and something else');
  if (asks === 'where' && columns.every(isKey)) unread('where, and something else');
}

/** Whether `where` or `when` is asked beside things that are named before it. */
function isAskedBeside({ phrases, chinese }: ParseState): boolean {
  return (
    !chinese &&
    phrases.some((one, at) => isWord(one, 'where', 'when') && isWord(phrases[at - 1], 'and'))
  );
}

/** The price; of what is told by amounts, how much they come to. */
function priceAsked(state: ParseState, thing: string): Item {
  const price = solePrice(state, thing);
  const { conditions, periods, groups } = state.asked;
  const isSpent = state.said.money && /cost/i.test(price.column);
  const isAmount = isSpent || !/price|cost|价/i.test(price.column);
  if (isAmount && [conditions, periods, groups].every((one) => one.length === 0))
    unread('how much of each, or of all');
  return isAmount ? { call: 'sum', of: price } : price;
}

/** The day; of `when … first` and `when … last`, the first and the last. */
function dayAsked(state: ParseState, thing: string): Item {
  const { asked } = state;
  const day = soleDay(state, thing);
  const { order } = asked;
  if (order === undefined || isMeasure(order.by) || !isSameColumn(order.by, day)) return day;
  asked.order = undefined;
  return { call: order.descending ? 'max' : 'min', of: day };
}

/** 金额最高是多少: the most itself; undefined where rows are ordered by no amount or price. */
function mostAsked({ asked, chinese }: ParseState): Item | undefined {
  const { order, limit } = asked;
  if (!chinese || order === undefined || isMeasure(order.by) || limit !== undefined)
    return undefined;
  if (!/amount|amt|price|cost|金额|价|额/i.test(order.by.column)) return undefined;
  asked.order = undefined;
  return { call: order.descending ? 'max' : 'min', of: order.by };
}

/** @throws Unread where columns, groups and measures do not go together */
export function settleShown(state: ParseState, thing: string): void {
  const { asked } = state;
  holdToEnded(state);
  asked.shown = asked.shown.filter(
    (item, at) => !asked.shown.slice(at + 1).some((other) => isDeepStrictEqual(item, other)),
  );
  if (state.said.askedYear) asked.shown = asked.shown.map((item) => yearOf(state, item));
  tellEach(state);
  tellOnce(state);
  if (asked.groups.length > 0) showGroups(state);
  else if (asked.shown.length === 0) showLabels(state, thing);
  else groupShown(state, thing);
}

/** A mean of days until something is over with is of what is. */
function holdToEnded({ asked }: ParseState): void {
  for (const item of asked.shown) {
    const until = isMeasure(item) ? item.of?.until : undefined;
    if (until === undefined || !isMeasure(item) || item.of === undefined) continue;
    const column = { table: item.of.table, column: until };
    asked.conditions.push({ kind: 'stored', column, not: false });
  }
}

/** 上海和北京分别有多少: which of the values each is of. */
function tellEach({ asked, said }: ParseState): void {
  if (!said.ofEach || asked.groups.length > 0 || said.eachPeriod !== undefined) return;
  const among = asked.conditions.flatMap((one) =>
    one.kind === 'among' && !one.not ? one.column : [],
  );
  const [column, ...more] = among;
  if (column === undefined || asked.order !== undefined) return;
  if (more.length > 0) unread('each of several of two kinds');
  if (asked.shown.every(isMeasure)) asked.groups.push({ ...column, isThing: false });
  else if (!asked.shown.some(isMeasure)) asked.shown = [column, ...asked.shown];
}

/** 会员等级有哪些: each kind once. */
function tellOnce(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  // `show all majors`.
  const isAlone = asked.thing === undefined && asked.conditions.length === 0;
  const isOnly = only !== undefined && more.length === 0 && !isMeasure(only);
  const isTold = (isAlone && isListing(state)) || isKindWithRows(state);
  if (!chinese && isTold && isOnly) asked.distinct ||= isKind(state, only);
  if (!chinese || !asked.listed || only === undefined || more.length > 0 || isMeasure(only)) return;
  const isText = said.many === true || (!isNumber(state, only) && !isDay(state, only));
  asked.distinct ||= isText && !isLabel(state, only);
}

/** `merchants with disputed transactions`: a kind stands before the rows that are of it. */
function isKindWithRows({ phrases }: ParseState): boolean {
  const [kind, joint, ...more] = phrases.filter((one) => !isWord(one, 'noise'));
  const rows = more.find((one) => one.kind === 'table');
  return kind?.kind === 'column' && isWord(joint, 'with') && rows?.table === kind.table;
}

/** 哪一年: of a day its year. */
function yearOf(state: ParseState, item: Item): Item {
  if (!isMeasure(item)) return isDay(state, item) ? { ...item, part: 'year' } : item;
  return item.of && isDay(state, item.of) ? unread('the year of a measure') : item;
}

/** `average salary by department`, `the name and the number of songs of each singer`. */
function showGroups(state: ParseState): void {
  const { asked } = state;
  const columns = columnsIn(state);
  const measures = measuresIn(state);
  if (columns.length === 0 && measures.length === 0) measures.push(countByGroup(state));
  if (columns.length > 0 && sumOfGroups(state)) return;
  if (columns.length === 0) asked.shown = [...asked.groups, ...measures];
  else if (measures.length > 0) nameGroups(state, columns);
  else showEach(state, columns);
}

/** `customers by country`; where they are to be listed, it may be their order. */
function countByGroup(state: ParseState): Measure {
  const { asked } = state;
  const { thing, groups } = asked;
  const isListed = asked.who || isListing(state);
  const isOwn = groups.some(({ isThing, table }) => isThing && isTable(thing, table));
  if (thing === undefined || isListed || isOwn || groups.some(isKey) || asked.order !== undefined) {
    return unread('groups of nothing');
  }
  // `budget by account`: of how many rows, or of how much.
  if (AMOUNTS.test(tableWords(thing).at(-1) ?? '')) unread('rows, or what they amount to');
  if (isCalledAsFigure(state, thing)) unread('rows, or their figure');
  return { call: 'count', rows: thing };
}

/** Tables that are called by what their rows amount to. */
const AMOUNTS =
  /^(?:budget|balance|exposure|spend|spending|revenue|income|expenditure|turnover)s?$/;

/** 每月的净值, of a table 净值 with the column 单位净值. */
function isCalledAsFigure({ schema, chinese }: ParseState, thing: string): boolean {
  const columns = findTable(schema, thing)?.columns ?? [];
  return chinese && columns.some((one) => one.kind === 'number' && one.name.endsWith(thing));
}

/** `revenue by region` is added up; of levels there is one for each. */
function showEach(state: ParseState, columns: readonly ColumnRef[]): void {
  const { asked } = state;
  if (listsEach(state, columns)) {
    asked.groups = [];
    return;
  }
  const [only, ...more] = columns;
  if (only === undefined || more.length > 0 || !isNumber(state, only) || isKey(only)) {
    unread('columns by groups');
  }
  if (
    !addsUp(state, only) &&
    asked.order !== undefined &&
    asked.limit === undefined &&
    !sortsAll(state)
  ) {
    unread('the first of each group');
  }
  asked.shown = [...asked.groups, addsUp(state, only) ? { call: 'sum', of: only } : only];
  if (!addsUp(state, only)) asked.groups = [];
}

/** `the name and the price of each product`: rows with what they are called by, or of what is called nothing. */
function listsEach(state: ParseState, columns: readonly ColumnRef[]): boolean {
  const [thing, ...others] = new Set(
    state.asked.groups.map(({ isThing, table }) => (isThing ? table : '')),
  );
  if (!thing || others.length > 0) return false;
  const isOne = ({ table }: ColumnRef) =>
    isTable(table, thing) || isPartOf(state.links, thing, table);
  const tells = columns.some(
    (ref) => isTable(ref.table, thing) && (isLabel(state, ref) || isKey(ref)),
  );
  return columns.every(isOne) && tells;
}

/** What is shown of a group tells it. */
function nameGroups({ asked }: ParseState, columns: readonly ColumnRef[]): void {
  const things = new Set(
    asked.groups.filter(({ isThing }) => isThing).map(({ table }) => fold(table)),
  );
  const isOfThing = ({ table }: ColumnRef) => things.has(fold(table));
  const isOfGroup = (ref: ColumnRef) =>
    isOfThing(ref) || asked.groups.some((group) => isSameColumn(group, ref));
  if (!columns.every(isOfGroup)) unread('columns beside groups');
  asked.groups = columns.map((ref) => ({ ...ref, isThing: isOfThing(ref) }));
}

/** `which customers`: what they are called by. */
function showLabels(state: ParseState, thing: string): void {
  const { asked } = state;
  const labels = labelsOfRows(state, thing);
  asked.shown.push(...labels);
  if (isMeasured(state)) asked.groups.push(...labels.map((ref) => ({ ...ref, isThing: true })));
}

/** `the name and the number of loans of customers`: without a word for it, by what is shown. */
function groupShown(state: ParseState, thing: string): void {
  const { asked } = state;
  const columns = columnsIn(state);
  const measures = measuresIn(state);
  const measured = isMeasured(state);
  if (measures.length === 0 && !measured) return;
  if (columns.length === 0) {
    if (measured) countGroups(state, thing, measures);
    return;
  }
  if (!measured && sumOfCounted(state, thing)) return;
  if (asksHowMany(state) && !state.said.counted) unread('how many of a column');
  if (measures.some(({ call }) => call === 'min' || call === 'max')) {
    unread('an extreme beside columns');
  }
  if (!measured) {
    // Only rows of another table are measured for each of what is shown.
    const own = new Set(columns.map(({ table }) => fold(table)));
    const isOwn = ({ of, rows }: Measure) => own.has(fold(of?.table ?? rows ?? ''));
    // `the position and the number of players`: of each kind.
    const areKinds =
      columns.every((ref) => isKind(state, ref)) &&
      measures.every(({ rows }) => rows !== undefined);
    if (measures.some(isOwn) && !areKinds) unread('columns beside a measure');
    asked.implicit = !areKinds;
  }
  if (state.said.commonest !== undefined) {
    asked.groups.push(...columns.map((ref) => ({ ...ref, isThing: false })));
    return;
  }
  const counted = new Set(countedRows(asked));
  if (columns.some((ref) => isLabel(state, ref) && counted.has(fold(ref.table)))) {
    unread('how many of themselves');
  }
  // `the city of the customer with the most orders` is of one customer.
  const isNamed = asked.tables.some((table) => isTable(asked.thing, table));
  const isOfThing = ({ table }: ColumnRef) =>
    isNamed && !counted.has(fold(table)) && isTable(table, thing);
  asked.groups.push(
    ...columns.map((ref) => ({ ...ref, isThing: isLabel(state, ref) || isOfThing(ref) })),
  );
}

/**
 * `how many customers have more than 2 orders`: the things that are held to it.
 * @throws Unread where something else is measured of them
 */
function countGroups(
  { asked, schema }: ParseState,
  thing: string,
  measures: readonly Measure[],
): void {
  const [only, ...more] = measures;
  const key = soleKey(schema, thing);
  const isCount = isTable(only?.rows, thing) && more.length === 0;
  if (!isCount || asked.order !== undefined || key === undefined) {
    unread('a measure of measures');
  }
  asked.shown = [{ table: thing, column: key }];
  asked.groups.push({ table: thing, column: key, isThing: true });
  asked.countsGroups = true;
}

/** Folded tables whose rows groups are held to or ordered by. */
function countedRows({ having, order }: ParseState['asked']): string[] {
  const by = order !== undefined && isMeasure(order.by) ? [order.by] : [];
  return [...having.map(({ measure }) => measure), ...by].flatMap(({ rows }) =>
    rows === undefined ? [] : fold(rows),
  );
}

/** Whether many rows may have the same of a column. */
function isKind(state: ParseState, ref: ColumnRef): boolean {
  return !isNumber(state, ref) && !isDay(state, ref) && !isLabel(state, ref) && !isKey(ref);
}

/** Whether rows are held to or ordered by a measure. */
function isMeasured({ asked: { having, order } }: ParseState): boolean {
  return having.length > 0 || (order !== undefined && isMeasure(order.by));
}

function columnsIn({ asked }: ParseState): ColumnRef[] {
  return asked.shown.flatMap((item) => (isMeasure(item) ? [] : item));
}

function measuresIn({ asked }: ParseState): Measure[] {
  return asked.shown.filter(isMeasure);
}
