/** `2025 against 2024`, `small firms versus medium firms`, `rent billed against rent received`. */
import { flagOf } from '../columns/flag-columns.ts';
import { columnOf, isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { type ColumnRef, isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** Kinds are compared, figures stand side by side, or else periods are. @throws Unread for the rest of what are no two kinds */
export function takeVersus(state: ParseState): void {
  const { asked, said } = state;
  if (!state.chinese && (comparesKinds(state) || isOfFigures(state))) return;
  // 研发一部和研发二部的报销总额对比: what each of them comes to.
  const isOfValues = asked.conditions.some((one) => one.kind === 'among');
  if (state.chinese && ahead(state).length === 0 && asked.periods.length < 2 && isOfValues) {
    said.ofEach = true;
    return;
  }
  said.versus = asked.periods.length;
}

/** `business versus private`: of a column that was held to the one; whether it is so. */
function comparesKinds(state: ParseState): boolean {
  const { asked, said } = state;
  const held = asked.conditions.at(-1);
  const [next] = ahead(state);
  const isHeld = held?.kind === 'compare' && held.sign === '=';
  if (!isHeld || asked.periods.length > 0 || said.grouping || said.kinds !== undefined)
    return false;
  if (isWord(next, 'the-others')) {
    const own = columnOf(state, held.column);
    if (own === undefined || flagOf(own) === undefined) unread('which others');
    state.at++;
    asked.conditions.pop();
    if (isNothingAsked(asked)) asked.thing = held.column.table;
    said.kinds = { column: held.column, values: [] };
    return true;
  }
  const others: string[] = [];
  for (;;) {
    const other = valueSaid(state, ahead(state)[0], held.column);
    if (other === undefined) break;
    others.push(other);
    state.at++;
    if (!isWord(ahead(state)[0], 'versus')) break;
    if (valueSaid(state, ahead(state)[1], held.column) === undefined) break;
    state.at++;
  }
  if (others.length === 0) return false;
  const { column } = held;
  const values = [String(held.value), ...others];
  asked.conditions.splice(-1, 1, { kind: 'among', column, values, not: false, all: false });
  said.kinds = { column, values };
  return true;
}

/** The value that a phrase says of a column. */
function valueSaid(
  state: ParseState,
  one: Meaning | undefined,
  ref: ColumnRef,
): string | undefined {
  if (one?.kind !== 'value' && one?.kind !== 'flag') return undefined;
  if (!isSameColumn(one, ref)) return undefined;
  if (one.kind === 'value') return one.value;
  const own = columnOf(state, ref);
  const [yes] = (own && flagOf(own)) ?? [];
  return yes === undefined ? undefined : String(yes);
}

/** Whether two columns of numbers stand around the word, which are shown side by side. */
function isOfFigures(state: ParseState): boolean {
  return [behind(state), ahead(state)[0]].every(
    (one) => one?.kind === 'column' && isQuantity(state, one),
  );
}
