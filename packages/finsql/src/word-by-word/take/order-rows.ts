/** The order of rows: by what is said, or by the one day, price or age of the thing. */
import { fold } from '../../schema/schema.ts';
import { firstDayOf } from '../columns/first-days.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  ageOf,
  columnOf,
  dimensionOf,
  figureNamed,
  isDay,
  isKey,
  isLabel,
  isMonth,
  isNumber,
  isQuantity,
  labelColumns,
  onlyNamed,
  soleDay,
  solePrice,
} from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import {
  type ColumnRef,
  columnIn,
  columnOn,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { orUnread, Unread, unread } from '../model/unread.ts';
import { isNotedByDays } from './noted-amounts.ts';
import { thingOf } from './thing-of.ts';

/** @throws Unread where there is an order already, and for the first or last of texts */
export function orderBy(state: ParseState, by: Item, descending: boolean): void {
  if (state.asked.order !== undefined) unread('two orders');
  const isInOrder = isMeasure(by) || isNumber(state, by) || isDay(state, by) || isMonth(state, by);
  if (!isInOrder && !sortsAll(state)) {
    unread('the most of a text');
  }
  state.asked.order = { by, descending };
}

/** Whether all rows are sorted: none is the first alone. */
export function sortsAll({ phrases }: ParseState): boolean {
  return phrases.some((one) =>
    isWord(one, 'sorted-by', 'sort', 'descending', 'ascending', 'days-first'),
  );
}

type Direction = Extract<WordMeaning, { readonly word: 'descending' | 'ascending' | 'days-first' }>;

/**
 * `in descending order`, `newest first`, `alphabetically by name`.
 * @throws Unread where there is a direction already
 */
export function takeDirection(state: ParseState, word: Direction): void {
  const { asked, said } = state;
  const isDown = word.word === 'days-first' ? word.descending : word.word === 'descending';
  if (said.ordered !== undefined) unread('two directions');
  said.ordered = isDown ? 'descending' : 'ascending';
  if (word.word === 'days-first') said.orderOf = word.ofAge ? 'ages' : 'days';
  else if (word.ofTexts) said.orderOf = 'texts';
  else if (word.ofFigures) said.orderOf = 'figures';
  if (word.word !== 'days-first' && word.ofMeasure) said.orderMeasure = word.ofMeasure;
  said.sorting ||= word.follows === true;
  // `sorted by the price of the product in descending order`.
  if (asked.order !== undefined && asked.limit === undefined && !word.follows) {
    asked.order = { ...asked.order, descending: descends(state, columnIn(asked.order.by)) };
  }
}

/** The direction of what is ordered by now; of `top 5`, the first of its rows alone. */
export function descends(state: ParseState, ref?: ColumnRef): boolean {
  const { asked, said } = state;
  if (said.top !== undefined) {
    const { descending } = said.top;
    said.top = undefined;
    asked.limit ??= 1;
    return descending;
  }
  // `the 5 biggest claims by amount`.
  if (said.extreme?.of === 'any') {
    const { descending } = said.extreme;
    said.extreme = undefined;
    return descending;
  }
  const [next] = ahead(state);
  if (said.ordered === undefined) {
    return isWord(next, 'descending') || (isWord(next, 'days-first') && next.descending);
  }
  // From old to young: by the day of birth up, by the age down.
  const isAge = said.orderOf === 'ages' && ref !== undefined && !isDay(state, ref);
  return (said.ordered === 'descending') !== (isAge && !BORN.test(ref.column));
}

/** The day or year of birth or of foundation. */
const BORN = /birth|dob|founded|established|inception|出生|生日/i;

/** Applies an extreme that needs no column: of the one day, price or age of the thing. */
export function orderByExtreme(state: ParseState): void {
  const { asked, said } = state;
  if (said.extreme === undefined) return;
  const { of, descending, dimension } = said.extreme;
  const thing = asked.thing ?? thingOf(asked);
  // `the tallest building`, `which building is the tallest`.
  const isOfThing = said.extremeThing || state.phrases.at(-1) === said.extreme;
  const measured =
    dimension !== undefined && isOfThing ? dimensionOf(state, thing, dimension) : undefined;
  // `the ship of the youngest captain`.
  const next = state.phrases[state.phrases.indexOf(said.extreme) + 1];
  const owner = next?.kind === 'table' ? next.table : thing;
  if (measured !== undefined) orderBy(state, measured, descending);
  else if (of === 'day') {
    // Of several days that on which rows begin.
    orderBy(state, firstDayOf(state, owner) ?? soleDay(state, owner), descending);
  } else if (of === 'price') orderBy(state, priceOrFee(state, owner), descending);
  else if (of === 'age') orderByAge(state, owner, descending);
  else return;
  said.extreme = undefined;
}

/** `sorted by the count`, `in descending order of count`: by how many rows there are of what is shown. */
export function orderByCount(state: ParseState): boolean {
  const { asked, said } = state;
  const { shown, thing } = asked;
  const [next] = ahead(state);
  const isOfNext = next !== undefined && next.kind !== 'word';
  if (!said.sorting || state.chinese || isOfNext || isWord(next, 'distinct')) return false;
  const counts = shown.filter((item) => isMeasure(item) && item.call === 'count');
  const [count, ...more] = counts;
  if (more.length > 0) unread('two counts');
  if (count === undefined && shown.every((item) => isMeasure(item) || isLabel(state, item))) {
    unread('a count of single rows');
  }
  said.sorting = false;
  orderBy(state, count ?? { call: 'count', rows: thing ?? thingOf(asked) }, descends(state));
  return true;
}

/** `the most common colour of cars`: by how many of them have it; `which colour is most common`. */
export function orderByRows(state: ParseState): void {
  const { asked, said } = state;
  const [only, ...more] = asked.shown;
  if (said.extreme?.of === 'rows' && only !== undefined && more.length === 0 && !isMeasure(only)) {
    if (isKey(only)) unread('the most common key');
    said.commonest = { column: only, descending: said.extreme.descending };
    said.extreme = undefined;
  }
  if (said.commonest === undefined) return;
  const { column, descending } = said.commonest;
  const { tables, thing = column.table } = asked;
  const isName = isLabel(state, column) && !/code|number|no$/i.test(column.column);
  if (isName && labelColumns(state, column.table).length === 1)
    unread('the most common of single rows');
  if (tables.some((table) => fold(table) !== fold(thing)))
    unread('the most common of several things');
  asked.distinct = false;
  // Of most rows there is none of it, which is not what is most common.
  const isOfSome =
    OF_SOME.test(column.column) || (!state.chinese && columnOf(state, column)?.holdsNull === true);
  if (isOfSome) asked.conditions.push({ kind: 'stored', column, not: false });
  orderBy(state, { call: 'count', rows: thing }, descending);
}

/** What only some rows have: why they were declined, what came of them. */
const OF_SOME = /reason|outcome/i;

/** By an age, or by the day or year of birth or of foundation, which runs the other way. */
function orderByAge(state: ParseState, thing: string, descending: boolean): void {
  const age = ageOf(state, thing);
  const born = onlyNamed(state, thing, BORN);
  if (age !== undefined) orderBy(state, age, descending);
  else {
    // Of several days that on which it began.
    const first = state.chinese ? undefined : firstDayOf(state, thing);
    orderBy(state, born ?? first ?? soleDay(state, thing), !descending);
  }
}

/** An order that no column was named for: `in alphabetical order`; `oldest first` is by the day. */
export function orderShown(state: ParseState, thing: string): void {
  const { asked, said } = state;
  const [first] = asked.shown;
  const [figure, ...more] = asked.shown.filter(isMeasure);
  if (said.orderOf === 'ages') {
    orderByAge(state, thing, said.ordered === 'ascending');
    return;
  }
  const byShown = () => {
    if (said.orderOf === 'texts') return textShown(state);
    if (said.orderOf === 'figures') return figureShown(state);
    // 各门店的销售额，从高到低; `how many orders per status, in descending order`.
    if (figure !== undefined && more.length === 0) return figure;
    if (first === undefined || isMeasure(first)) return unread('ordered by what');
    // 从高到低, of names alone.
    if (state.chinese && isLabel(state, first) && !isNumber(state, first))
      return unread('ordered by what');
    return isNumber(state, first) || isLabel(state, first) ? first : soleDay(state, thing);
  };
  const by = said.orderOf === 'days' ? (daySaid(state) ?? soleDay(state, thing)) : byShown();
  orderBy(state, by, said.ordered === 'descending');
}

/** `with the day they close, soonest first`: the one day that is shown, or that rows are held to; undefined where there is none, or several. */
function daySaid(state: ParseState): ColumnRef | undefined {
  const { asked, chinese } = state;
  const isOfDays = (ref: ColumnRef) => isDay(state, ref) && ref.part === undefined;
  const [day, ...others] = asked.shown.flatMap((item) =>
    !isMeasure(item) && isOfDays(item) ? item : [],
  );
  if (chinese || others.length > 0) return undefined;
  const held = asked.conditions.flatMap((one) => columnOn(one) ?? []).filter(isOfDays);
  const [only, ...more] = held;
  return day ?? (more.length === 0 ? only : undefined);
}

/** `largest first`: the one figure that is shown. @throws Unread where there is none, or several */
function figureShown(state: ParseState): Item {
  const { orderMeasure } = state.said;
  const figures = state.asked.shown.filter((item) => isMeasure(item) || isQuantity(state, item));
  const measured = figures.filter((item) => isMeasure(item) && item.call === orderMeasure);
  const [only, ...more] = orderMeasure === 'count' || measured.length > 0 ? measured : figures;
  return only === undefined || more.length > 0 ? unread('the largest of what first') : only;
}

/** The first text that is shown. @throws Unread where none is */
function textShown(state: ParseState): ColumnRef {
  const texts = state.asked.shown.flatMap((item) =>
    isMeasure(item) || isNumber(state, item) || isDay(state, item) ? [] : item,
  );
  const [first] = texts;
  if (first === undefined) return unread('ordered by what');
  return first;
}

/** 单价最高的是哪些: all rows with the extreme, where they are of all rows. */
export function orderToAll(state: ParseState): void {
  const { asked } = state;
  const { order, limit, conditions, groups, having, periods, shown } = asked;
  if (order === undefined || isMeasure(order.by) || limit !== undefined || sortsAll(state)) return;
  const isOfAll = [conditions, groups, having, periods].every((one) => one.length === 0);
  const { by, descending } = order;
  const isOwn = shown.every((item) => columnIn(item)?.table === by.table);
  if (!isOfAll || !isOwn) return;
  conditions.push({ kind: 'peak', column: by, call: descending ? 'max' : 'min' });
  asked.order = undefined;
}

/** What is measured without groups has no order of rows: it is of the row with the extreme. */
export function orderToPeak({ asked }: ParseState): void {
  const { order, groups, shown, limit, conditions } = asked;
  if (order === undefined || groups.length > 0 || !shown.every(isMeasure)) return;
  const { by, descending } = order;
  if (isMeasure(by) || limit !== undefined) unread('an order of one figure');
  conditions.push({ kind: 'peak', column: by, call: descending ? 'max' : 'min' });
  asked.order = undefined;
}

/** What a fund costs a year, which is no fee for how well it does. */
const COSTS = /(?:^|_)(?:ter|ocf)(?:_|$)|expense_?ratio|ongoing_?charge/i;

/** What a thing costs; where it has no price, its fee. */
function priceOrFee(state: ParseState, owner: string): ColumnRef {
  const costs = state.chinese ? undefined : figureNamed(state, owner, COSTS);
  if (costs !== undefined) return costs;
  const price = orUnread(() => solePrice(state, owner));
  if (!(price instanceof Unread)) return price;
  return figureNamed(state, owner, /fees?(?:_?pct)?$/i) ?? unread(price.message);
}

/** What each has at a time, which rows of years tell again. */
const PAY =
  /salary|wage|(?:^|_)age(?:_|$)|height|weight|temperature|duration|excess|deductible|limit/i;

/** 申购金额前五的客户: several things by what the rows of each come to; 单笔金额前五 is of single rows. */
export function orderByTotals(state: ParseState, thing: string): void {
  const { asked, said, chinese } = state;
  const { order, limit = 1, groups } = asked;
  if (order === undefined || isMeasure(order.by) || said.single) return;
  if (chinese && limit < 2) return;
  if (!chinese && (sortsAll(state) || asked.shown.length > 0)) return;
  const { by } = order;
  const isOther = groups.length > 0 || said.eachPeriod !== undefined || order.thenBy !== undefined;
  if (isOther || isTable(by.table, thing) || !isPartOf(state.links, by.table, thing)) return;
  if (!isNumber(state, by) || !addsUp(state, by)) return;
  // `the fund with the highest assets` is that of one day.
  const isNoted = isNotedByDays(state, by.table);
  if (limit < 2 && (PAY.test(by.column) || isNoted)) return;
  const isOfOneDay =
    asked.periods.length > 0 || asked.conditions.some(({ kind }) => kind === 'peak');
  if (!chinese && isNoted && !isOfOneDay) unread('the totals of several days');
  const total: Item = { call: 'sum', of: by };
  asked.order = { ...order, by: total };
  asked.shown = asked.shown.map((item) =>
    !isMeasure(item) && isSameColumn(item, by) ? total : item,
  );
}
