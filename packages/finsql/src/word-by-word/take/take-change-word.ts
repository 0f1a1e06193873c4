/** Words for a figure of one period against another: `grew`, `more in 2024 than in 2023`, 同比. */
import { isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import { isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { showMostInPercent } from './most-itself.ts';

/** Its change is asked for. @throws Unread where it already is of so much more, or figures stand before it */
export function takeChange(state: ParseState, inPercent: boolean): void {
  const { asked, said } = state;
  if (said.change?.sign !== undefined) unread('two changes');
  // 2024年和2025年的金额，以及变化.
  if (state.chinese && isWord(behind(state), 'and') && asked.shown.length > 0)
    unread('a change beside figures');
  // `sales in May and June, and the change`.
  if (!state.chinese && isWord(behind(state), 'and') && asked.periods.length > 1)
    said.changeBeside = true;
  said.change = { inPercent: inPercent || said.change?.inPercent === true };
}

/** `more in 2024 than in 2023`. @throws Unread where another change is said */
export function takeMoreThen(state: ParseState, sign: '<' | '>'): void {
  const { said } = state;
  if (comparesColumns(state, sign)) return;
  if (said.change !== undefined) unread('two changes');
  said.change = { inPercent: false, sign };
}

/** `firms with more cash than debt`: two figures of a row; whether it is so. */
function comparesColumns(state: ParseState, sign: '<' | '>'): boolean {
  const { asked, said } = state;
  const [column, than, other] = ahead(state);
  if (state.chinese || column?.kind !== 'column' || other?.kind !== 'column') return false;
  const isOther = isTable(column.table, other.table) && column.column !== other.column;
  const areFigures = [column, other].every((one) => isQuantity(state, one));
  const isOpen = said.calls.length > 0 || said.grouping || said.extreme !== undefined;
  if (!isWord(than, 'than') || !isOther || !areFigures || isOpen || isNothingAsked(asked))
    return false;
  state.at += 3;
  asked.conditions.push({
    kind: 'columns',
    column: { table: column.table, column: column.column },
    sign,
    other: { table: other.table, column: other.column },
  });
  return true;
}

/** `growth over the year before`. */
export function takeFromBefore(
  { said }: ParseState,
  word: Extract<WordMeaning, { readonly word: 'from-before' }>,
): void {
  said.fromBefore = {
    by: word.by,
    inPercent: word.inPercent === true,
    ...(word.grain === undefined ? {} : { grain: word.grain }),
  };
}

/** A change, a share or the most is shown in percent. */
export function takeInPercent(state: ParseState): void {
  const { said } = state;
  showMostInPercent(state);
  said.inPercent = true;
  if (said.change !== undefined) said.change.inPercent = true;
}
