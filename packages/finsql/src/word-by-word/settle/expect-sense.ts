/** What a reading is not to be: what makes no sense, and what may be meant otherwise. */
import { findTable, fold } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { isKeyAbove, isOfOwnTable } from '../columns/keys-above.ts';
import { COST } from '../columns/name-costs.ts';
import { isPartOf, isReference } from '../columns/part-of.ts';
import {
  columnOf,
  hasLabel,
  isDay,
  isLabel,
  isMonthNumber,
  isNumber,
  isYear,
} from '../columns/schema-columns.ts';
import { isListing, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  type Item,
  isHeld,
  isMeasure,
  isSameColumn,
  isTable,
  type Measure,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { asksHowMany } from '../take/hold-to-total.ts';
import { haveNames } from '../take/people-of.ts';
import { areOfUnitsUnder } from './units-under.ts';

/** @throws Unread where what is asked for makes no sense */
export function expectSense(state: ParseState): void {
  const { shown, conditions, groups } = state.asked;
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count';
  if (state.said.unitAsked && shown.some(isCount)) unread('rows counted by a unit');
  if (shown.some((item) => countsGroups(item, groups))) unread('how many of themselves');
  if (contradicts(conditions)) unread('a column is two things');
  if (conditions.some((one) => isNoYear(state, one))) unread('no such year');
  if (conditions.some((one) => isYearBesideAmount(state, one))) unread('a year beside an amount');
  if (shown.some((item) => !isMeasure(item) && isHeld(item, conditions))) {
    unread('asks for what it says');
  }
  if (shown.some((item) => isPeakOfDay(item) && conditions.some((one) => isOfDays(state, one)))) {
    unread('the most of each of several days');
  }
  if (isOtherAskedLast(state)) unread('a column before its table');
  if (groups.some((group) => shown.some((item) => isPartOfFigure(item, group)))) {
    unread('groups of a part of the figure');
  }
  if (conditions.some((one) => isMeanOfMany(state, one))) unread('a row, or all of them');
  if (isOrderedBesideGroups(state)) unread('an order beside groups');
  if (shown.some((item) => isCodeOfOthers(state, item) || isCodeOfParent(state, item)))
    unread('a code of other rows');
  if (isEachOrAll(state)) unread('each amount, or all of them');
  if (!shown.every((item) => isMeasurable(state, item))) unread('a measure of a text');
}

/** @throws Unread where other rows may be meant than those that are read */
export function expectOneMeaning(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (said.now && !said.goesOn && mayHaveEnded(state, thing)) unread('what has ended by now');
  if (areOfUnitsUnder(state, thing)) unread('of all that is under it');
  if (said.sole && isOfNoRow(asked)) unread('of which row');
  if (isOfNoRow(asked) && asksHowMany(state)) unread('how many of all rows');
  if (said.differing && areOfThing(state, thing)) unread('how many different of those');
  if (isOfNoRole(state, thing)) unread('all rows, or those in that role');
  if (areLinesOfDocument(state)) unread('the lines of what');
  if (isOfNoPeople(state)) unread('how many people of rows');
  if (said.paid && arePaymentsElsewhere(state, thing)) unread('what is paid');
}

/** 采购金额超过10万的订单: its lines are called otherwise. */
function areLinesOfDocument(state: ParseState): boolean {
  const { asked, phrases } = state;
  return phrases.some(
    (one) =>
      one.kind === 'table' &&
      one.asDocument === true &&
      asked.shown.some(
        (item) => !isMeasure(item) && isTable(item.table, one.table) && isLabel(state, item),
      ),
  );
}

/** 有多少人开了账户: of one there may be many accounts. */
function isOfNoPeople({ asked, phrases, schema }: ParseState): boolean {
  const areAsked = phrases.some((one) => isWord(one, 'how-many') && one.ofPeople === true);
  const isOfRows = (item: Item) =>
    isMeasure(item) && item.rows !== undefined && !haveNames(findTable(schema, item.rows));
  return areAsked && asked.shown.some(isOfRows);
}

/** 项目经理有几个: of all employees only those that a project has, which is not read. */
function isOfNoRole(state: ParseState, thing: string): boolean {
  const { asked, phrases } = state;
  const read = [
    ...tablesRead(state, thing),
    ...asked.groups.map(({ table }) => table),
    ...asked.having.flatMap(({ measure: { of, rows } }) => of?.table ?? rows ?? []),
  ].map(fold);
  return phrases.some(
    (one) => one.kind === 'table' && one.role !== undefined && !read.includes(fold(one.role)),
  );
}

/** `how many different customers bought in 2023`: held by what they are, not by what they did. */
function areOfThing({ asked: { conditions }, links }: ParseState, thing: string): boolean {
  const isOwn = (one: Condition) => isTable(columnOn(one)?.table, thing);
  const isOfOwn = (one: Condition) =>
    isOwn(one) || isPartOf(links, thing, columnOn(one)?.table ?? thing);
  const isDated = conditions.some((one) => isOwn(one) && one.kind === 'between');
  return isDated || (conditions.length > 0 && conditions.every(isOfOwn));
}

/** `what is the price`, where nothing says of what. */
function isOfNoRow({ thing, shown, conditions, groups, order }: ParseState['asked']): boolean {
  const isHeld = thing !== undefined || conditions.length > 0 || groups.length > 0;
  return !isHeld && order === undefined && !shown.some(isMeasure);
}

/** `requests still pending`, `contracts still running`. */
export function isStateSaid(state: ParseState): boolean {
  return state.asked.conditions.some(
    (one) => (one.kind === 'stored' && isDay(state, one.column)) || isOfState(state, columnOn(one)),
  );
}

function isOfState(state: ParseState, ref: ColumnRef | undefined): boolean {
  const column = ref && columnOf(state, ref);
  const isState = /status|state$|phase|stage|standing|状态/i;
  return column !== undefined && calledBy(column).some((name) => isState.test(name));
}

/** `takings by card`, which are a part of them. */
function isPartOfFigure(item: Item, group: ColumnRef): boolean {
  const steps = columnIn(item)?.steps ?? [];
  return steps.some(({ by }) => typeof by !== 'number' && isSameColumn(by, group));
}

/** `sites whose takings are above the average`: each site has many. */
function isMeanOfMany({ asked, links, chinese }: ParseState, one: Condition): boolean {
  if (one.kind !== 'mean' || one.column.steps === undefined || chinese) return false;
  return asked.thing !== undefined && isPartOf(links, one.column.table, asked.thing);
}

/** 上级部门, by the code of it: who or what that is, its name tells. */
function isCodeOfOthers(state: ParseState, item: Item): boolean {
  const { schema, chinese } = state;
  if (!chinese || isMeasure(item)) return false;
  const key = findTable(schema, item.table)?.foreignKeys.find(
    ({ column }) => fold(column) === fold(item.column),
  );
  const column = columnOf(state, item);
  const isCode = /号|码|id$|code$|key$|no$/i;
  const target = key ?? keyAbove(state, item);
  if (
    target === undefined ||
    column === undefined ||
    calledBy(column).some((one) => isCode.test(one))
  )
    return false;
  const { table, target: code } = target;
  return hasLabel(state, table) && !isLabel(state, { table, column: code });
}

/** `parent account of the cash account`, by its code, which was not asked for: who or what that is, its name tells. */
function isCodeOfParent(state: ParseState, item: Item): boolean {
  const { schema, links, chinese, phrases } = state;
  if (chinese || isMeasure(item) || !hasLabel(state, item.table)) return false;
  if (state.asked.groups.some((group) => isSameColumn(group, item))) return false;
  const isOfParent =
    /^parent.+(?:id|code|no|key|number)$/i.test(item.column) ||
    isKeyAbove(schema, item) ||
    isOfOwnTable(schema, item);
  const said = phrases.filter((one) => one.kind === 'column' && isSameColumn(one, item));
  const inFull = isReference(links, item) ? COST.key : COST.full;
  return isOfParent && said.length > 0 && said.every(({ cost }) => cost > inFull);
}

/** What a column refers to that tells whom a row of its own table is under, whether or not that is declared. */
function keyAbove(
  { schema }: ParseState,
  ref: ColumnRef,
): { readonly table: string; readonly target: string } | undefined {
  const target = isKeyAbove(schema, ref) ? soleKey(schema, ref.table) : undefined;
  return target === undefined ? undefined : { table: ref.table, target };
}

/** 最高价 of a month may be that of each of its days, or the highest of them. */
function isPeakOfDay(item: Item): boolean {
  return !isMeasure(item) && /^(?:high|low|max|min)|^最[高低大小]/i.test(item.column);
}

/** 有预付余额、又有未付应付单的供应商有哪些: things are asked for, and no figure of theirs. */
function isOtherAskedLast({ asked, phrases, chinese }: ParseState): boolean {
  const [last, before] = [phrases.at(-1), phrases.at(-2)];
  const isAsked = isWord(last, 'which') && last.many === true && before?.kind === 'table';
  if (!chinese || !isAsked || before.done || asked.shown.length === 0) return false;
  return asked.shown.every((item) => !isMeasure(item) && !isTable(item.table, before.table));
}

/** Rows of one group are in no order by what differs within it. */
function isOrderedBesideGroups({ asked: { order, groups } }: ParseState): boolean {
  if (order === undefined || isMeasure(order.by) || groups.length === 0) return false;
  const isOfGroup = (by: ColumnRef) =>
    groups.some(
      (group) => isSameColumn(group, by) || (group.isThing && isTable(group.table, by.table)),
    );
  return ![order.by, ...(order.thenBy ?? [])].every(isOfGroup);
}

/** 2023年开票金额: without a word for it, of each row, or of all of them? */
function isEachOrAll(state: ParseState): boolean {
  const { shown, conditions, order, thing, groups } = state.asked;
  const [only, ...more] = shown;
  if (!state.chinese || only === undefined || more.length > 0 || isMeasure(only)) return false;
  if (thing !== undefined || isListing(state) || order !== undefined || groups.length > 0)
    return false;
  const column = columnOf(state, only);
  const called = column === undefined ? [only.column] : calledBy(column);
  const isAmount = called.some((name) => /amount|amt|金额|余额/i.test(name));
  return isAmount && conditions.some((one) => isOfDays(state, one));
}

function isOfDays(state: ParseState, condition: Condition): boolean {
  const isSpan = condition.kind === 'between' || condition.kind === 'within';
  return isSpan && isDay(state, condition.column);
}

/** The day on which something ends, or the word for it. */
const ENDS =
  /(?:^|_)(?:end|to|until|left|valid_to)(?:_|$)|end[_ ]?da|terminat|clos|expir|matur|leav|inactive|exit|sold|dispos|cancel|出院|离院|退租|结束|终止|离职|离任|到期|注销/i;

/** Whether rows of a table that is read may be of what is over. */
function mayHaveEnded(state: ParseState, thing: string): boolean {
  const isOfNone = state.asked.conditions.some(({ kind }) => kind === 'without');
  return tablesRead(state, thing).some((table) =>
    findTable(state.schema, table)?.columns.some((column) =>
      (isOfNone || state.chinese ? calledBy(column) : [column.name]).some((name) =>
        ENDS.test(name),
      ),
    ),
  );
}

const PAYMENTS = /payment|pmt|receipt|付款|支付|缴费/i;

/** Whether payments are kept in a table of their own, and what is paid is not read from it. */
function arePaymentsElsewhere(state: ParseState, thing: string): boolean {
  const isOfPayments = (name: string) => PAYMENTS.test(name);
  const { tables } = state.schema;
  return (
    tables.some(({ name }) => isOfPayments(name)) && !tablesRead(state, thing).some(isOfPayments)
  );
}

/** How many values a column has among rows that have one of them. */
function countsGroups(item: Item, groups: readonly ColumnRef[]): boolean {
  if (!isMeasure(item) || item.call !== 'count' || item.of === undefined) return false;
  const { of } = item;
  return groups.some((group) => group.part === undefined && isSameColumn(group, of));
}

/** A table of which there is to be nothing, with those that stand between it and the rest. */
function tablesAbsent({ links }: ParseState, table: string): string[] {
  return [table, ...links.filter(({ target }) => target === fold(table)).map((one) => one.table)];
}

function tablesRead(state: ParseState, thing: string): string[] {
  const { asked } = state;
  return [
    thing,
    ...asked.tables,
    ...asked.shown.flatMap((item) => columnIn(item)?.table ?? []),
    ...asked.conditions.flatMap((one) =>
      one.kind === 'without' ? tablesAbsent(state, one.table) : one.column.table,
    ),
  ];
}

/** `people under 25`, of a year of birth. */
function isNoYear(state: ParseState, condition: Condition): boolean {
  if (condition.kind !== 'compare' || typeof condition.value !== 'number') return false;
  return condition.value < 1000 && isYear(state, condition.column);
}

/** 净利润超过预测, where 预测年度 is all that is called so. */
function isYearBesideAmount(state: ParseState, condition: Condition): boolean {
  if (condition.kind !== 'columns') return false;
  const { column, other } = condition;
  return (
    isYear(state, column) !== isYear(state, other) &&
    [column, other].every((one) => isNumber(state, one))
  );
}

/** Whether a column is to equal two things at once. */
function contradicts(conditions: readonly Condition[]): boolean {
  const held = conditions.flatMap((one) =>
    one.kind === 'among' || (one.kind === 'compare' && one.sign === '=')
      ? fold(`${one.column.table}.${one.column.column}`)
      : [],
  );
  const isDenied = (one: Condition) =>
    one.kind === 'compare' &&
    one.sign === '<>' &&
    conditions.some(
      (other) =>
        other.kind === 'compare' &&
        other.sign === '=' &&
        other.value === one.value &&
        isSameColumn(other.column, one.column),
    );
  return new Set(held).size < held.length || conditions.some(isDenied);
}

function isAdded({ call }: Measure): boolean {
  return call === 'sum' || call === 'avg';
}

/** `loan_no`, `start_month`: numbers that tell rows or months, and how much of nothing. */
function isNumberOfRows(state: ParseState, ref: ColumnRef): boolean {
  const isOwn =
    columnOf(state, ref)?.primaryKey === true && soleKey(state.schema, ref.table) === ref.column;
  return (
    isOwn ||
    /(?:_| )no$|[a-z]No$/.test(ref.column) ||
    isMonthNumber(state, ref) ||
    isYear(state, ref)
  );
}

/** Numbers; of days the first and the last; of anything how many. */
function isMeasurable(state: ParseState, item: Item): boolean {
  if (!isMeasure(item) || item.of === undefined || item.call === 'count') return true;
  if (item.of.over !== undefined && item.call === 'sum') unread('a sum of ratios');
  if (isAdded(item) && isNumberOfRows(state, item.of)) unread('a sum of numbers of rows');
  if (isNumber(state, item.of)) return true;
  return isDay(state, item.of) && (item.call === 'min' || item.call === 'max');
}
