/** Several kinds that rows are grouped by: `by city and category`. */
import { isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure } from '../model/reading.ts';

/** Groups rows by columns, the one or more of what was named now. */
export function groupBy(state: ParseState, columns: readonly ColumnRef[], isThing: boolean): void {
  const { asked, said } = state;
  said.grouping = false;
  said.groupedAt = state.at;
  asked.groups.push(...columns.map((ref) => ({ ...ref, isThing })));
}

/** Whether what is named now stands right behind what rows are grouped by, and nothing is said of it. */
export function isBesideGroup(state: ParseState): boolean {
  const { asked, said, at } = state;
  if (said.groupedAt !== at - 2 || !isWord(behind(state), 'and')) return false;
  const [next] = ahead(state);
  const isHeld = next?.kind === 'number' || next?.kind === 'value';
  const isUsed = isHeld || isWord(next, 'compare', 'between', 'mean', 'signed', 'with');
  return !isUsed && asked.shown.every(isMeasure);
}

/** Whether it stands behind `received by` and the like, and nothing is named that is measured: `money received by method`. */
export function isMeasuredBy(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const by = behind(state);
  const isBy = isWord(by, 'preposition') && by.by === true;
  const isFigure = asked.shown.length === 0 && said.calls.length > 0;
  // `copies sold by genre`.
  const areFigures =
    asked.shown.length > 0 &&
    asked.shown.every((item) => isMeasure(item) || isQuantity(state, item)) &&
    ahead(state)[0]?.kind !== 'value';
  return !chinese && isBy && (isFigure || areFigures);
}
