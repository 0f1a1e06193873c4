/** Both of two: `carriers with both phones over 64 and phones under 32`, `customers with both New and Pending orders`. */
import { fold } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { isKey, isLabel } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { affirmed, isAffirmed, isDenied } from './deny-rows.ts';

/** `both`, `shared by`; `shared by at least two` is a count, and of that it says nothing. */
export function takeBoth(state: ParseState, isShared: boolean): void {
  const { asked, said } = state;
  const isCount =
    isWord(ahead(state)[0], 'compare', 'extreme') || ahead(state)[0]?.kind === 'number';
  if (isShared && isCount) return;
  if (said.both !== undefined && !isShared) return;
  said.both = { conditions: asked.conditions.length, periods: asked.periods.length };
}

/**
 * The conditions without the two of which each is met by some row; those are kept apart.
 * @param conditions with those of periods behind the others
 * @throws Unread where other than two are said behind the word, or on two columns of rows that are not the thing
 */
export function partBoth(
  state: ParseState,
  thing: string,
  conditions: readonly Condition[],
): Condition[] {
  const { asked, said } = state;
  const { both = ofPeriods(state) } = said;
  const dated = asked.periods.length;
  const rest = partDenied(state, thing, conditions);
  if (rest !== undefined) return rest;
  if (said.only) unread('only what');
  if (areManyApart(state)) unread('both of them');
  if (both === undefined || conditions.length === 0) return [...conditions];
  const plain = conditions.length - dated;
  const isBehind = (_: Condition, at: number) =>
    at >= (at < plain ? both.conditions : plain + both.periods);
  const last = conditions.filter(isBehind);
  const behind = both.not
    ? [
        ...likeLast(
          conditions.filter((one) => !last.includes(one)),
          last,
        ),
        ...last,
      ]
    : last;
  const each = both.not ? behind : behind.flatMap(valuesApart);
  const [first, second, ...more] = each;
  if (first === undefined || second === undefined || more.length > 0) return unread('both of them');
  if (!isAffirmed(first) || !isAffirmed(second) || said.or !== undefined)
    return unread('both of them');
  if (!isSameColumn(first.column, second.column)) {
    // `days with both humidity above 50 and visibility above 8`.
    const isOfThing = each.every((one) => isTable(columnOn(one)?.table, thing));
    return isOfThing && asked.shown.every(isMeasure) ? [...conditions] : unread('both of them');
  }
  if (isKey(first.column)) return unread('both of them');
  const [met, unmet] = both.not ? [[first], [second]] : [[first, second], []];
  asked.both = { met, unmet, ofThings: isOfThings(state) };
  return conditions.filter((one) => !behind.includes(one));
}

/**
 * 没赎回过但申购过, 既买过A又买过B但没买过C: what is denied and what is not are said of one column of other
 * rows, and no row is both. The conditions without those; undefined where it is not so.
 */
function partDenied(
  state: ParseState,
  thing: string,
  conditions: readonly Condition[],
): Condition[] | undefined {
  const { asked, said, chinese } = state;
  const [denied] = conditions.filter((one) => one.kind === 'compare' && isDenied(one));
  const column = denied && columnOn(denied);
  if (!chinese || column === undefined) return undefined;
  if (isTable(column.table, thing))
    return said.deniedDone ? unread('not done with what') : undefined;
  const isOf = (one: Condition) => {
    const own = columnOn(one);
    return own !== undefined && isSameColumn(own, column);
  };
  const each = conditions.filter(isOf).flatMap(valuesApart);
  const met = each.filter(isAffirmed);
  const unmet = each.filter(isDenied);
  if (met.length === 0 && unmet.length === 1 && !said.deniedDone) return undefined;
  const isBoth = said.both !== undefined;
  if (said.or !== undefined || isKey(column) || (isBoth ? met.length === 1 : met.length > 1)) {
    return unread('both of them');
  }
  asked.both = { met, unmet: unmet.map(affirmed), ofThings: true };
  return conditions.filter((one) => !isOf(one));
}

/** Three periods or more, of which no row is of all. */
function areManyApart({ asked: { periods }, said, chinese }: ParseState): boolean {
  const plain = periods.filter(({ sign }) => sign === undefined);
  const isApart = plain.some((one) => plain.some((other) => one.to < other.from));
  return chinese && plain.length > 2 && isApart && said.or === undefined;
}

/** `orders in 2023 and in 2024`: no row is of two periods. */
function ofPeriods({ asked, said }: ParseState): ParseState['said']['both'] {
  const [first, second, ...more] = asked.periods;
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const isOpen = [first, second].some(({ sign }) => sign !== undefined);
  const isApart = first.to < second.from || second.to < first.from;
  if (isOpen || !isApart || said.or !== undefined) return undefined;
  return { conditions: asked.conditions.length, periods: 0 };
}

/** The condition before `but not` that is of the same column. */
function likeLast(before: readonly Condition[], [last]: readonly Condition[]): Condition[] {
  const column = last && columnOn(last);
  const isLike = (one: Condition) => {
    const own = columnOn(one);
    return own !== undefined && column !== undefined && isSameColumn(own, column);
  };
  return before.filter(isLike);
}

/** @throws Unread where both are said of one row, or of what is measured, grouped or ordered */
export function expectBoth(state: ParseState): void {
  const { both, shown, groups, having, order } = state.asked;
  const [one] = both === undefined ? [] : [...both.met, ...both.unmet];
  if (one === undefined) return;
  // Things are counted, of which rows of another table are so.
  const isCount = (item: Item) =>
    isMeasure(item) && item.rows !== undefined && !isTable(item.rows, one.column.table);
  if (
    shown.some((item) => isMeasure(item) && !isCount(item)) ||
    groups.length + having.length > 0 ||
    order !== undefined
  ) {
    unread('both of them');
  }
  const isOwn = (item: ColumnRef) =>
    isTable(item.table, one.column.table)
      ? isLabel(state, item) || isKey(item) || isSameColumn(item, one.column)
      : // A key of other rows tells one of them.
        isKey(item) && soleKey(state.schema, item.table) !== item.column;
  const isOfRow = shown.some((item) => !isMeasure(item) && isOwn(item));
  if (isOfRow) unread('both of them');
}

/** `customers with both`, and not `countries shared by customers`. */
function isOfThings({ asked }: ParseState): boolean {
  const { thing, shown } = asked;
  const tableOf = (item: Item) =>
    columnIn(item)?.table ?? (isMeasure(item) ? item.rows : undefined) ?? '';
  const isOf = (item: Item) => fold(tableOf(item)) === fold(thing ?? '');
  return shown.length === 0 || shown.some(isOf);
}

/** Two values of one column as two conditions. */
function valuesApart(one: Condition): Condition[] {
  if (one.kind !== 'among' || one.not || !one.all) return [one];
  return one.values.map((value) => ({ kind: 'compare', column: one.column, sign: '=', value }));
}
