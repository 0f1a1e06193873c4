/** Both of two: `carriers with both phones over 64 and phones under 32`, `customers with both New and Pending orders`. */
import { fold } from '../schema/schema.ts';
import { soleKey } from '../schema/table-keys.ts';
import { isAffirmed } from './deny-rows.ts';
import { ahead, type ParseState } from './parse-state.ts';
import { isWord } from './phrase.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from './reading.ts';
import { isKey, isLabel } from './schema-columns.ts';
import { unread } from './unread.ts';

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
  asked.both = { conditions: [first, second], ofThings: isOfThings(state), not: both.not === true };
  return conditions.filter((one) => !behind.includes(one));
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
  if (both === undefined) return;
  const [one] = both.conditions;
  if (shown.some(isMeasure) || groups.length + having.length > 0 || order !== undefined) {
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
  const isOf = (item: Item) => fold(columnIn(item)?.table ?? '') === fold(thing ?? '');
  return shown.length === 0 || shown.some(isOf);
}

/** Two values of one column as two conditions. */
function valuesApart(one: Condition): Condition[] {
  if (one.kind !== 'among' || one.not || !one.all) return [one];
  return one.values.map((value) => ({ kind: 'compare', column: one.column, sign: '=', value }));
}
