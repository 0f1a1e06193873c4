import { hasHan } from '../../retrieval/words.ts';
import { type Column, findTable, fold } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { firstDay, isEndDay } from '../columns/first-days.ts';
import { wordsOf } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  columnOf,
  holdsDays,
  holdsMonthNumbers,
  holdsMonths,
  holdsYears,
  isDay,
  isNumber,
  quarterSign,
} from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, columnIn, columnOn, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** The day or year that is named, or the one of what is shown, ordered by, held, or asked for. */
export function dayOf(state: ParseState, thing: string): ColumnRef {
  const { asked, said } = state;
  if (said.periodOf !== undefined) return said.periodOf;
  if (said.named !== undefined && isDay(state, said.named)) return said.named;
  // `tonnes for each delivery month from January on`: of the months that rows are grouped by.
  const grouped = asked.groups.filter((group) => holdsDaysOrMonths(state, group));
  const [group, ...more] = grouped;
  if (!state.chinese && group !== undefined && more.length === 0)
    return { table: group.table, column: group.column };
  // What is ordered by or measured is of the period, before what things are called by.
  const figures = [...(asked.order ? [asked.order.by] : []), ...asked.shown.filter(isMeasure)];
  const refs = [...figures, ...asked.shown].map(columnIn);
  const held = asked.conditions.map(columnOn);
  // 基业二号每月的订单: of the rows that are counted.
  const isCounted = said.eachPeriod !== undefined && refs.every((ref) => ref === undefined);
  const counted = asked.shown.flatMap((item) => (isMeasure(item) ? (item.rows ?? []) : []));
  // `customers without orders in 2021`: what there is none of comes first.
  const absent = asked.conditions.flatMap((one) => (one.kind === 'without' ? one.table : []));
  // `customers with orders in 2021`; not `orders of customers in 2021`.
  const { dated } = said;
  const isNearer =
    dated !== undefined &&
    figures.every((figure) => columnIn(figure) === undefined) &&
    !isPartOf(state.links, thing, dated);
  // `customers who paid more than 500 in total in 2021`.
  const compared = asked.having.flatMap(({ measure: { of, rows } }) => of?.table ?? rows ?? []);
  const beside = state.chinese ? refs.flatMap((ref) => ref?.table ?? []) : [];
  const noted = figures.length === 0 ? notedElsewhere(state, thing, beside) : [];
  // `orders of customers in Berlin in 2021`: of the orders, and not of what they belong to.
  const isWhole = (ref: ColumnRef | undefined) => isPartOf(state.links, thing, ref?.table ?? thing);
  const tables = [
    ...absent,
    ...noted,
    ...compared,
    ...(said.figureDated === undefined ? [] : [said.figureDated]),
    ...(isNearer ? [dated] : []),
    ...(isCounted ? [...counted, thing] : []),
    ...(said.doneIn === undefined ? [] : [said.doneIn]),
    ...[...refs, ...held.filter((ref) => !isWhole(ref))].flatMap((ref) => ref?.table ?? []),
    thing,
    ...held.flatMap((ref) => ref?.table ?? []),
    ...asked.tables,
  ];
  const amounts = refs.filter(
    (ref) => ref !== undefined && isNumber(state, ref) && addsUp(state, ref),
  );
  const figured = new Set(amounts.flatMap((ref) => ref?.table ?? []));
  for (const table of new Set(tables)) {
    const own = ownDayOf(state, table, amounts);
    if (own !== undefined) return own;
    const isOther = figured.has(table) && dayIn(state, table) === undefined;
    if (isOther && hasOtherPeriods(state, table)) unread('a period of another kind');
    const day = dayIn(state, table) ?? (figured.has(table) ? dayOfWhole(state, table) : undefined);
    if (day !== undefined) return day;
  }
  const [whole, ...others] = wholesOf(state, tables[0] ?? thing).flatMap(
    (table) => dayIn(state, table) ?? [],
  );
  if (others.length > 0) unread('several days');
  return whole ?? unread('no day');
}

/** The one day that is called by what the amounts are: 应还日期 of 应还本金, `due_date` of `interest_due`, `pay_date` of `net_pay`; undefined where none is. */
function ownDayOf(
  state: ParseState,
  table: string,
  amounts: readonly (ColumnRef | undefined)[],
): ColumnRef | undefined {
  const own = amounts.filter((ref) => ref !== undefined && isTable(ref.table, table));
  const daysOf = (one: string) => (findTable(state.schema, one)?.columns ?? []).filter(holdsDays);
  const sayings = state.chinese ? hanTellingWordsOf : tellingWordsOf;
  const said = own.flatMap((ref) => sayings(ref && columnOf(state, ref)));
  // Lines are of the days of what they belong to.
  const isLine = !state.chinese && own.length > 0 && daysOf(table).length === 0;
  const tables = isLine ? wholesOf(state, table) : [table];
  const [day, ...more] = tables.flatMap((one) => {
    const days = daysOf(one);
    const called = days.filter((column) => sayings(column).some((word) => said.includes(word)));
    return days.length < 2 ? [] : called.map(({ name }) => ({ table: one, column: name }));
  });
  return more.length > 0 ? undefined : day;
}

/** 应还 of 应还本金; `paid` of `amount_paid`, whatever the question is asked in. */
function hanTellingWordsOf(column: Column | undefined): string[] {
  const fronts = (column === undefined ? [] : calledBy(column)).flatMap(
    (name) => /^\p{Script=Han}{2}(?=\p{Script=Han})/u.exec(name)?.[0] ?? [],
  );
  return column === undefined || hasHan(column.name)
    ? fronts
    : [...fronts, ...tellingWordsOf(column)];
}

/** What a name says beside that it is a day or an amount. */
function tellingWordsOf(column: Column | undefined): string[] {
  return (column === undefined ? [] : wordsOf(column.name)).filter((word) => !PLAIN.test(word));
}

const PLAIN = /^(?:date|day|dt|time|on|at|of|start|end|from|to|amount|amt|total|value|sum|period)$/;

function holdsDaysOrMonths(state: ParseState, ref: ColumnRef): boolean {
  const column = columnOf(state, ref);
  return (
    column !== undefined && (holdsDays(column) || holdsMonths(column) || holdsMonthNumbers(column))
  );
}

/** Whether rows are of periods that are written in a way of their own: half_year `2024H1`. */
function hasOtherPeriods({ schema, chinese }: ParseState, table: string): boolean {
  const columns = findTable(schema, table)?.columns ?? [];
  return (
    !chinese &&
    columns.some(({ name }) =>
      wordsOf(name).some((one) => /^(?:half|halfyear|semester|season|week|period)$/.test(one)),
    )
  );
}

/** `funds holding X at the end of June`: of what is noted from time to time, before the day that a fund began. */
function notedElsewhere(
  { asked, schema }: ParseState,
  thing: string,
  beside: readonly string[],
): string[] {
  const named = [
    ...asked.tables,
    ...beside,
    ...asked.conditions.flatMap((one) => columnOn(one)?.table ?? []),
  ];
  const isNoted = (table: string) =>
    !isTable(table, thing) &&
    (findTable(schema, table)?.columns ?? []).some((one) => one.primaryKey && isDayOrYear(one));
  const found = [...new Set(named.map(fold))].filter(isNoted);
  return isNoted(thing) || found.length > 1 ? [] : found;
}

/**
 * The one day of a table, or of several the one that it begins on.
 * @throws Unread where there are several
 */
function dayIn(state: ParseState, table: string): ColumnRef | undefined {
  const { schema, said } = state;
  const all = (findTable(schema, table)?.columns ?? []).filter(isDayOrYear);
  // `invoices paid in May`.
  const paid = said.paid
    ? all.filter(({ name }) => wordsOf(name).some((one) => PAID.test(one)))
    : [];
  const days = paid.length === 1 ? paid : all;
  // 今年新增客户: not those who were born then.
  const [born, ...others] = days;
  if (state.chinese && born !== undefined && others.length === 0 && isBirth(born))
    unread('born then');
  const begun = days.length > 1 ? days.filter((one) => !isEndDay(one)) : days;
  const first = begun.length > 1 ? (firstDay(begun) ?? periodOf(state, begun)) : undefined;
  const [only, ...more] = first === undefined ? begun : [first];
  if ((days.length > 0 && only === undefined) || more.length > 0) unread('several days');
  if (days.some(({ name }) => UNTIL.test(name)) && isStateHeld(state, table))
    unread('such then, or begun then');
  return only && { table, column: only.name };
}

function isBirth(column: Column): boolean {
  return calledBy(column).some((name) => /^(?:出生|生日)|birth|(?:^|_)dob$/iu.test(name));
}

/** The period of rows; 抵扣所属期 is that of one thing that is done with them. */
const PERIOD =
  /^(?:税款|税费|费款|业务|申报|纳税)?所属期$|^(?:会计|核算|记账|统计)?(?:期间|月份)$|^账期$/u;

/** 所属期 beside 申报日期: rows of months are of these, whenever they were written. */
function periodOf({ chinese }: ParseState, days: readonly Column[]): Column | undefined {
  const [only, ...more] = days.filter(
    (one) =>
      (holdsMonthNumbers(one) || holdsMonths(one)) &&
      calledBy(one).some((name) => PERIOD.test(name)),
  );
  return chinese && more.length === 0 ? only : undefined;
}

/** A day until which rows go on. */
const UNTIL = /(?:^|_)(?:end|until|exp|to)(?:_|$)|expir|valid_?to/i;

/** `active policies on 1 January`, of rows that go on from one day to another: in that state they may be at any time. */
function isStateHeld({ asked, chinese }: ParseState, table: string): boolean {
  const isOfState = (ref: ColumnRef | undefined) =>
    ref !== undefined && isTable(ref.table, table) && /status|state$/i.test(ref.column);
  return !chinese && asked.conditions.some((one) => isOfState(columnOn(one)));
}

/** Lines of an order are of the day of the order; undefined where they belong to several things with days. */
function dayOfWhole(state: ParseState, table: string): ColumnRef | undefined {
  const [day, ...others] = wholesOf(state, table).flatMap((whole) => dayIn(state, whole) ?? []);
  return others.length > 0 ? undefined : day;
}

/** The tables that the rows of a table refer to. */
function wholesOf({ links }: ParseState, table: string): string[] {
  return links.filter((link) => link.table === fold(table)).map(({ target }) => target);
}

const PAID = /^(?:paid|pay|payment|settled|settlement)$|付款|支付/;

function isDayOrYear(column: Column): boolean {
  return (
    holdsDays(column) ||
    holdsMonths(column) ||
    holdsMonthNumbers(column) ||
    quarterSign(column) !== undefined ||
    holdsYears(column)
  );
}
