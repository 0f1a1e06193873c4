/** Kinds against each other: each with its figure, or where rows are grouped, the figures side by side. */
import type { ParseState } from '../model/parse-state.ts';
import type { Meaning } from '../model/phrase.ts';
import {
  type ColumnCondition,
  type ColumnRef,
  type Item,
  isMeasure,
  isSameColumn,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { measureOf } from './measure-of.ts';

/** `average limit, small firms against medium firms`. @throws Unread where what is compared is no figure */
export function showKinds(state: ParseState, thing: string): void {
  const { asked, said } = state;
  said.kinds ??= kindsApart(state);
  if (said.kinds === undefined) return;
  const { column, values } = said.kinds;
  // `buying against selling, each side by symbol`.
  asked.groups = asked.groups.filter((group) => !isSameColumn(group, column));
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  if (asked.shown.length === 0) asked.shown.push({ call: 'count', rows: thing });
  if (isGrouped && values.length > 0) {
    asked.conditions = asked.conditions.filter(
      (one) => one.kind !== 'among' || !isSameColumn(one.column, column),
    );
    asked.shown = sideBySide(state, values.map(rowsWith(column)));
    return;
  }
  // Of levels there is a mean, and no sum.
  asked.shown = asked.shown.map((item) => measureOf(state, item));
  asked.groups.push({ ...column, isThing: false });
}

/** `deposits and withdrawals by family`, `buy and sell ballots side by side for every stock`: undefined where all of them are meant together. */
function kindsApart({
  asked,
  said,
  phrases,
  chinese,
}: ParseState): ParseState['said']['kinds'] | undefined {
  const [among, ...more] = asked.conditions.filter((one) => one.kind === 'among' && !one.not);
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  if (chinese || among?.kind !== 'among' || more.length > 0 || !among.all || !isGrouped)
    return undefined;
  const { column, values } = among;
  const isOf = (one: Meaning): boolean => one.kind === 'value' && isSameColumn(one, column);
  const [first, last] = [phrases.findIndex(isOf), phrases.findLastIndex(isOf)];
  // `per estate: letters and visits`, `deposits and withdrawals by family`: rows that are called so.
  const kinds = phrases.slice(first, last + 1).filter(isOf);
  const areRows = kinds.every((one) => one.kind === 'value' && one.plural === true);
  const isNamed = phrases[last + 1]?.kind === 'table' || phrases[last + 1]?.kind === 'column';
  // `how many deposits and withdrawals per family`.
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count' && !item.distinct;
  const areOfThem = asked.thing === undefined || asked.shown.length > 0;
  const areCounted = areRows && !isNamed && areOfThem && asked.shown.every(isCount);
  // `market value of equities and bonds in each fund`.
  if (areRows && !isNamed && kinds.length > 1 && !said.apart && !asked.shown.every(isCount))
    unread('kinds together, or apart');
  return said.apart || areCounted ? { column, values } : undefined;
}

/** The rows of one value. */
export function rowsWith(column: ColumnRef): (value: string) => ColumnCondition {
  return (value) => ({ kind: 'compare', column, sign: '=', value });
}

/** Each figure that is shown, of the rows of each part. @throws Unread where it is no figure of amounts or rows */
export function sideBySide(state: ParseState, parts: readonly ColumnCondition[]): Item[] {
  return state.asked.shown.flatMap((item) =>
    parts.map((part): Item => ({ ...measureOf(state, item), heldTo: [part] })),
  );
}
