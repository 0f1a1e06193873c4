/** `deposits minus withdrawals`, `lots bought less lots sold`: what the rows of one value come to without those of another. */
import { findTable } from '../../schema/schema.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { isReference } from '../columns/part-of.ts';
import {
  addsUp,
  amountOfRow,
  columnOf,
  isQuantity,
  isYear,
  soleAmount,
} from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, columnIn, isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isSigned } from '../names/signed-figures.ts';

/** Whether a word for a difference stands between two values of one column, whose figures are then taken apart. @throws Unread where no one figure is meant */
export function takeValuesApart(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const before = behind(state);
  const [next, beyond] = ahead(state);
  const isAgain = next?.kind === 'column' && asked.shown.some((item) => isOf(item, next));
  const second = isAgain ? beyond : next;
  if (chinese || before?.kind !== 'value' || second?.kind !== 'value') return false;
  if (!isSameColumn(before, second) || before.value === second.value) return false;
  const last = asked.conditions.at(-1);
  const isHeld = last?.kind === 'compare' && last.sign === '=' && last.value === before.value;
  if (!isHeld || said.calls.some((call) => call !== 'sum')) return unread('the difference of what');
  const [only, ...others] = asked.shown;
  const shown = only === undefined ? undefined : columnIn(only);
  if (others.length > 0 || (only !== undefined && isMeasure(only) && only.call !== 'sum'))
    unread('the difference of what');
  const of = shown ?? amountOf(state, before.table);
  if (!isTable(of.table, before.table) || !isQuantity(state, of) || !addsUp(state, of))
    unread('the difference of what');
  state.at += isAgain ? 2 : 1;
  said.calls = [];
  const column = { table: before.table, column: before.column };
  asked.conditions = asked.conditions.slice(0, -1);
  const stored = columnOf(state, of);
  // Money out is below 0 already.
  if (stored !== undefined && isSigned(stored)) {
    const values = [before.value, second.value];
    asked.conditions.push({ kind: 'among', column, values, not: false, all: false });
    asked.shown = [{ call: 'sum', of }];
    return true;
  }
  const [to, from] = [before, second].map(
    ({ value }) => ({ kind: 'compare', column, sign: '=', value }) as const,
  );
  if (to === undefined || from === undefined) return false;
  asked.shown = [{ call: 'sum', of, change: { from, to, inPercent: false } }];
  return true;
}

/** The amount of rows; where none is called so, the one figure that adds up. @throws Unread where there are several */
function amountOf(state: ParseState, table: string): ColumnRef {
  const amount = amountOfRow(state, table);
  if (amount !== undefined) return amount;
  const figures = (findTable(state.schema, table)?.columns ?? [])
    .filter((one) => !one.primaryKey && flagOf(one) === undefined)
    .map(({ name }): ColumnRef => ({ table, column: name }))
    .filter((ref) => !/(?:number|num|no|code)$/i.test(ref.column))
    .filter((ref) => isQuantity(state, ref) && addsUp(state, ref) && !isYear(state, ref))
    .filter((ref) => !isReference(state.links, ref));
  const [only, ...others] = figures;
  return only === undefined || others.length > 0 ? soleAmount(state, table) : only;
}

function isOf(item: ParseState['asked']['shown'][number], ref: ColumnRef): boolean {
  const of = columnIn(item);
  return of !== undefined && isSameColumn(of, ref);
}
