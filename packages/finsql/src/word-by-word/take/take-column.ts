/** A column, as it is named: beside its value, grouped by, compared, dated, measured, ordered by, or shown. */
import { findColumn, findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { translationOf } from '../columns/label-columns.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  columnOf,
  hasLabel,
  holdsYears,
  isDay,
  isFlag,
  isKey,
  isMonth,
  isMonthNumber,
  isNumber,
  isQuantity,
  isYear,
} from '../columns/schema-columns.ts';
import {
  ahead,
  behind,
  isNothingAsked,
  type ParseState,
  periodsSaid,
} from '../model/parse-state.ts';
import {
  isWord,
  type Meaning,
  type NamedColumn,
  type NumberMeaning,
  refOf,
} from '../model/phrase.ts';
import {
  type ColumnRef,
  type Comparison,
  columnIn,
  type Item,
  isHeld,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { takeAgent } from '../names/agent-columns.ts';
import { asAbsent, asNeverDone } from './absent-columns.ts';
import { comparesTotal } from './amounts-compared.ts';
import { groupBy, isBesideGroup, isMeasuredBy } from './beside-group.ts';
import { compareColumn, scaledNumber } from './compare-column.ts';
import { isDayAhead, takeOtherColumn } from './compare-columns.ts';
import { countsDone } from './count-done.ts';
import { showsMeasured } from './han-clauses.ts';
import { ofSums } from './ratios-of-sums.ts';
import { isSoMuch } from './so-much.ts';
import { sumsDone } from './sum-done.ts';
import { countsDoneOn, takeAllDone, takeChangeDone, takeDoneOn } from './take-done-on.ts';
import { takeItem } from './take-item.ts';
import { isPartOfFigure, isTakenOff } from './take-ratio.ts';
import { takeNamedAbove } from './take-reports-to.ts';
import { takeRole } from './take-role.ts';
import { takeRowsCompared } from './take-rows-compared.ts';
import { weightedMean } from './take-weight.ts';

/** What a column may be named for, unless it is shown or ordered by, in order; true: it was. */
const USES: readonly ((state: ParseState, ref: ColumnRef) => boolean)[] = [
  asAbsent,
  takeNamedAbove,
  besideValue,
  besideNumber,
  asGroup,
  asCompared,
  asDay,
];

/** @throws Unread where no use of the column fits what was said around it */
export function takeColumn(state: ParseState, named: NamedColumn): void {
  const { table, total, done, ofThings } = named;
  const { asked, said } = state;
  // 每一类服务的收入 is of other rows.
  const isOfThings = ahead(state).every((one) => one.kind !== 'column' || one.table === table);
  if (ofThings && said.grouping && isOfThings) asked.thing ??= table;
  if (total) sumUp(state);
  const ref = inLanguage(state, refOf(named));
  if (named.agent) {
    takeAgent(state, ref);
    return;
  }
  if (named.role) {
    takeRole(state, ref);
    return;
  }
  if (showsMeasured(state, ref)) return;
  const before = behind(state);
  const { compared } = said;
  said.compared = undefined;
  if (takeOtherColumn(state, ref, compared)) return;
  if (isTakenOff(state, ref) || isPartOfFigure(state, ref)) return;
  if (isKindOfOthers(state, ref)) unread('the kind of what');
  if (done && said.grouping) unread('groups of what is done');
  // 放款2025年比2024年增长百分之几.
  const isBeforePeriod = done && state.chinese && ahead(state)[0]?.kind === 'period';
  if (isBeforePeriod && takeChangeDone(state, ref)) return;
  if (USES.some((use) => use(state, ref))) return;
  // `customers who signed up but never ordered`.
  if (done && asked.thing === table && isWord(ahead(state)[0], 'but')) return;
  if (done && (asNeverDone(state, ref) || countsDone(state, ref))) return;
  if (done && whoDid(state, ref)) return;
  if (done && !state.chinese && (takeRowsCompared(state, table) || sumsDone(state, ref))) return;
  if (done && !state.chinese && !isDayAsked(state) && !isDayAhead(state, ref))
    unread('what is done on no day');
  const isTaken = done === true && state.chinese;
  if (isTaken && (takeAllDone(state, ref) || countsDoneOn(state, ref) || takeDoneOn(state, ref)))
    return;
  takeMeasureAhead(state, ref);
  const [item, ...more] = measured(state, ref);
  if (more.length === 0) takeItem(state, item, ref, before);
  else showAll(state, [item, ...more]);
}

/** `who joined in 2025`: of whom the rows are that it is done with; whether it is so. */
function whoDid(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const isOpen = asked.who && isNothingAsked(asked) && asked.periods.length === 0;
  const [next] = ahead(state).filter((one) => !isOfPeriod(one));
  const isUsed =
    said.extreme !== undefined || said.calls.length > 0 || said.without || said.negated;
  if (chinese || !isOpen || isUsed || next?.kind !== 'period' || periodsSaid(state) > 1)
    return false;
  if (!hasLabel(state, ref.table)) return false;
  asked.thing = ref.table;
  said.periodOf = ref;
  return true;
}

/** `by kind of site`, of the kinds of something else. */
function isKindOfOthers(state: ParseState, { table, column }: ColumnRef): boolean {
  const [of, owner] = ahead(state);
  return (
    !state.chinese &&
    /^(?:kind|type|category)$/i.test(column) &&
    isWord(of, 'preposition') &&
    owner?.kind === 'table' &&
    !isTable(owner.table, table) &&
    !isPartOf(state.links, owner.table, table)
  );
}

/** `when was it founded`, `hired first`, `sorted by when they joined`. */
function isDayAsked(state: ParseState): boolean {
  const { asked, said } = state;
  const isFirst = said.extreme !== undefined || isWord(ahead(state)[0], 'extreme', 'days-first');
  return asked.asks === 'when' || isFirst || said.sorting;
}

/** Chinese questions ask for the Chinese of two names. */
function inLanguage({ schema, chinese }: ParseState, ref: ColumnRef): ColumnRef {
  const table = findTable(schema, ref.table);
  const column = table && findColumn(table, ref.column);
  const translated = chinese && table && column ? translationOf(table, column) : undefined;
  return translated === undefined ? ref : { table: ref.table, column: translated.name };
}

/** 销售额 is a total. @throws Unread where another measure of it is said, and for a number before it */
function sumUp({ said }: ParseState): void {
  const isOther = said.calls.some((call) => call !== 'sum');
  if (isOther || said.sign !== undefined || said.grouping) unread('a measure of totals');
  said.calls = ['sum'];
}

/** `minimum and maximum price`: shown, and neither compared nor ordered by. */
function showAll(state: ParseState, items: readonly Item[]): void {
  const { asked, said } = state;
  const isUsed = said.extreme !== undefined || said.sorting || isWord(ahead(state)[0], 'compare');
  if (isUsed) unread('several measures');
  asked.shown.push(...items);
}

/** `city Berlin`, `status is Open`, `Berlin city`, `status not Open`: says what the value tells. */
function besideValue(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  if (said.calls.length > 0 || said.grouping || said.sorting) return false;
  const [next, beyond] = ahead(state);
  const isOwn = (one: Meaning | undefined) => one?.kind === 'value' && isSameColumn(one, ref);
  if (isOwn(next) || isOwn(behind(state))) return true;
  // 没有设安全库存.
  const last = behind(state);
  if (state.chinese && last?.kind === 'stored' && isSameColumn(last, ref)) return true;
  // `... Give city and price`: it is asked for although it is said.
  const isListed = isWord(behind(state), 'list', 'which');
  const isSaid = !isListed && isHeld(ref, asked.conditions);
  if (isSaid && next?.kind !== 'number' && said.extreme === undefined) return true;
  if (!isOwn(beyond)) return false;
  if (isWord(next, 'not', 'without')) return true;
  // 备注为 …, 总部在 …; `from the state of Texas`.
  if (isWord(next, 'preposition') && (state.chinese || !isNothingAsked(asked))) return true;
  if (!isWord(next, 'compare') || next.sign !== '=') return false;
  state.at++;
  return true;
}

/** `4-star hotels`, `stations that have 7 bikes available`. */
function besideNumber(state: ParseState, ref: ColumnRef): boolean {
  const { number, sign, calls } = state.said;
  const { chinese, phrases, at } = state;
  // 二楼的科室.
  const isPlaceInOrder = state.chinese && /楼层$|^(?:floor|storey)$/i.test(ref.column);
  const owner = phrases[at - 3];
  const isOwned = !chinese && (owner?.kind === 'table' || isWord(owner, 'who', 'with'));
  const isBefore = ahead(state)[0]?.kind === 'table' || isPlaceInOrder || isOwned;
  const isOf = behind(state)?.kind === 'number' && isBefore;
  if (number?.form !== 'plain' || sign !== undefined || calls.length > 0 || !isOf) return false;
  if (!isNumber(state, ref) || isKey(ref) || !Number.isInteger(number.value)) return false;
  compareColumn(state, ref, '=', number);
  return true;
}

/** `by city`, `by city and category`. */
function asGroup(state: ParseState, ref: ColumnRef): boolean {
  const isBeside = isBesideGroup(state) && !isFigureOfGroups(state, ref);
  if (!state.said.grouping && !isBeside && !isMeasuredBy(state)) return false;
  if (isUnitOfFigure(state, ref)) unread('a figure for each of so many');
  // 各收了多少手续费: what it is of each of stands elsewhere.
  const isFigure = isNumber(state, ref) && addsUp(state, ref) && !isKey(ref);
  if (
    state.chinese &&
    isFigure &&
    /amount|amt|金额|额$|费$|je$|本金$|余额$|租金$|利息$|市值$|成本$/i.test(calledLast(state, ref))
  )
    unread('groups of a figure');
  groupBy(state, [ref], false);
  return true;
}

/** `for each restaurant, food sales and rent`: what is asked for of each. */
function isFigureOfGroups(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const isFirst = asked.shown.length === 0 && said.calls.length === 0 && !asked.counting;
  return (
    !chinese && isFirst && isQuantity(state, ref) && addsUp(state, ref) && isSoMuch(state, ref)
  );
}

/** `average price per night`, `price paid per unit`: the figure of one of them, and no group. */
function isUnitOfFigure(state: ParseState, ref: ColumnRef): boolean {
  const { phrases, at, chinese } = state;
  const figure = phrases.slice(0, at - 2).findLast((one) => !isWord(one, 'money'));
  const isFigure = figure?.kind === 'column' && isQuantity(state, figure);
  const isTime = isYear(state, ref) || isMonthNumber(state, ref);
  const isUnit =
    /^unit/i.test(ref.column) || (isNumber(state, ref) && addsUp(state, ref) && !isTime);
  return !chinese && isWord(behind(state), 'each') && isFigure && isUnit && !isKey(ref);
}

/** The column by its name, or as its comment calls it. */
function calledLast(state: ParseState, ref: ColumnRef): string {
  const column = columnOf(state, ref);
  return column === undefined ? ref.column : (calledBy(column).at(-1) ?? ref.column);
}

/** `more than 5 employees`, where employees is a column; `over size 5`. */
function asCompared(state: ParseState, ref: ColumnRef): boolean {
  const { sign, number } = state.said;
  const [next] = ahead(state);
  // `above 3000 in year 2001`.
  if (sign === undefined || (number !== undefined && next?.kind === 'period')) return false;
  if (number !== undefined) {
    if (isKey(ref)) unread('a key compared');
    if (countsKinds(state, ref) || comparesTotal(state, ref)) return true;
    if (sumsCompared(state, ref, sign, number)) return true;
    compareColumn(state, ref, sign, number);
  } else if (next?.kind === 'number') {
    state.at++;
    compareColumn(state, ref, sign, next);
  } else unread('compared with a column');
  return true;
}

/** `villages where parcels add up to more than 250 hectares`: whether a total is compared. */
function sumsCompared(
  state: ParseState,
  ref: ColumnRef,
  sign: Comparison,
  number: NumberMeaning,
): boolean {
  const { asked, said, chinese } = state;
  const isSum = said.calls.length === 1 && said.calls[0] === 'sum';
  if (chinese || !isSum || !isQuantity(state, ref) || !addsUp(state, ref)) return false;
  if (isNothingAsked(asked) || asked.shown.some(isMeasure)) return false;
  said.sign = undefined;
  said.number = undefined;
  said.calls = [];
  const value = scaledNumber(state, ref, number);
  asked.having.push({ measure: { call: 'sum', of: ref }, sign, value });
  return true;
}

/** `suppliers in more than two countries`, of which each has many rows: different ones are counted. */
function countsKinds(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, links, chinese } = state;
  const { sign, number } = said;
  const { thing } = asked;
  const isText = !isNumber(state, ref) && !isDay(state, ref) && !isFlag(state, ref);
  if (chinese || !isText || thing === undefined || isTable(thing, ref.table)) return false;
  if (sign === undefined || number?.form !== 'plain' || number.inOther) return false;
  if (isPartOf(links, thing, ref.table) || asked.shown.some(isMeasure)) return false;
  said.sign = undefined;
  said.number = undefined;
  const measure = { call: 'count', of: ref, distinct: true } as const;
  asked.having.push({ measure, sign, value: number.value });
  return true;
}

/** `hire date before 2020`; 2020年之前注册的客户. */
function asDay(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const column = columnOf(state, ref);
  const isYear = /year$|年度?$/i.test(ref.column) || (column !== undefined && holdsYears(column));
  const isMonthly = !chinese && (isMonth(state, ref) || isMonthNumber(state, ref));
  const isDated = isDay(state, ref) || isYear || isMonthly;
  if (!isDated) return false;
  // `by year of loss`.
  if (isWord(behind(state), 'preposition') && isWord(state.phrases[state.at - 3], 'each-period')) {
    said.periodOf = ref;
    return true;
  }
  // `the 2023 season`.
  const isBehindPeriod = !chinese && behind(state)?.kind === 'period' && asked.periods.length > 0;
  // `2025 inceptions`.
  const own = state.phrases[state.at - 1];
  const isNoun = own?.kind === 'column' && own.done !== true && said.calls.length === 0;
  if (isBehindPeriod && (isYear || isNoun)) {
    said.periodOf = ref;
    return true;
  }
  if (isYear && asYearBefore(state, ref)) return true;
  if (said.calls.length > 0) return false;
  // 成立日期在2010年之前的基金.
  const isBeforePeriod =
    chinese && isWord(ahead(state)[0], 'preposition') && ahead(state)[1]?.kind === 'period';
  const [next] =
    isNothingAsked(asked) && !isBeforePeriod
      ? ahead(state)
      : ahead(state).filter((one) => !isOfPeriod(one));
  const isBehind = chinese && asked.periods.length === 1 && isNothingAsked(asked);
  if (next?.kind !== 'period' && !(isBehind && isOfTable(next))) return false;
  said.periodOf = ref;
  return true;
}

/** `founded before 1850`: of long ago, a year is a number. */
function asYearBefore(state: ParseState, ref: ColumnRef): boolean {
  const [sign, year] = ahead(state);
  if (!isWord(sign, 'before', 'after') || year?.kind !== 'number' || isDay(state, ref))
    return false;
  if (!/^1[0-8]\d\d$/.test(`${year.value}`) || !isNumber(state, ref)) return false;
  state.at += 2;
  compareColumn(state, ref, sign.word === 'before' ? '<' : '>', year);
  return true;
}

/** 注册的客户, 签的合同总额. */
function isOfTable(next: Meaning | undefined): boolean {
  return next?.kind === 'table' || (next?.kind === 'column' && next.total === true);
}

/** `signed up in 2023`, `hired before 2020`. */
function isOfPeriod(one: Meaning): boolean {
  return isWord(one, 'preposition', 'before', 'after', 'since', 'until', 'end-of', 'between');
}

/** 工资的平均值: in Chinese, a measure may stand behind its column. */
function takeMeasureAhead(state: ParseState, ref: ColumnRef): void {
  const { asked, said, chinese, phrases, at } = state;
  const [next, beyond] = ahead(state);
  if (!chinese || said.calls.length > 0 || !isWord(next, 'measure') || next.call === 'count')
    return;
  // 个人支付平均金额.
  if (beyond?.kind === 'column' && isNumber(state, ref) && isNumber(state, beyond))
    unread('a measure between two figures');
  if (beyond?.kind === 'column' || beyond?.kind === 'table') return;
  // 保单数量和年缴保费合计: beside other measures it is of this one alone.
  const isBeside = asked.shown.every(isMeasure) && isWord(phrases[at - 2], 'and');
  if (areMeasuredTogether(state, ref)) {
    asked.shown = asked.shown.map((item) =>
      isMeasure(item) ? item : { call: next.call, of: item },
    );
  } else if (asked.shown.length > 0 && !isBeside) unread('a measure of several');
  state.at++;
  said.calls = [next.call];
}

/** 应还和实还总额: of all amounts that stand right before the word. */
function areMeasuredTogether(state: ParseState, ref: ColumnRef): boolean {
  const { asked, phrases, at } = state;
  const isAmount = (item: Item) =>
    !isMeasure(item) &&
    item.table === ref.table &&
    isQuantity(state, item) &&
    addsUp(state, item) === addsUp(state, ref);
  const isJoined = isWord(phrases[at - 2], 'and') && phrases[at - 3]?.kind === 'column';
  return (
    isJoined && isQuantity(state, ref) && asked.shown.length > 0 && asked.shown.every(isAmount)
  );
}

function isOfOwn({ table, over }: ColumnRef): boolean {
  return over !== undefined && isTable(over.table, table);
}

/** The measures that are said of the column; the column itself where none is, or where it holds the count. */
function measured(state: ParseState, ref: ColumnRef): [Item, ...Item[]] {
  const { said } = state;
  const weighted = weightedMean(state, ref);
  if (weighted !== undefined) return [weighted];
  const [call, ...more] = said.calls;
  if (call === undefined) return [ref];
  // `total cost as a percentage of the budget`.
  if (ref.ofSums && call === 'sum' && more.length === 0 && isOfOwn(ref)) {
    said.calls = [];
    return [ofSums(ref)];
  }
  // 一共涉及哪些行业.
  const isText = !isNumber(state, ref) && !isDay(state, ref);
  if (state.chinese && state.asked.listed && call === 'sum' && more.length === 0 && isText) {
    said.calls = [];
    return [ref];
  }
  const isFigure = call === 'count' && !said.distinct && isQuantity(state, ref);
  if (call === 'count' && isDay(state, ref)) unread('how many days');
  // Counts that are stored as texts.
  if (call === 'count' && !isFigure && /(?:^|_)count$/i.test(ref.column))
    unread('how many of a count');
  const isOfOthers = state.asked.shown.some((item) =>
    isPartOf(state.links, ref.table, columnIn(item)?.table ?? ref.table),
  );
  if (isFigure && isOfOthers) unread('a figure of each of many rows');
  const counts = call === 'count' ? { distinct: true } : {};
  said.calls = [];
  if (!isFigure) said.distinct = false;
  const others = more.map((other): Item => ({ call: other, of: ref }));
  return [isFigure ? ref : { call, of: ref, ...counts }, ...others];
}
