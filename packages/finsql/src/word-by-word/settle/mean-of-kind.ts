/** Means over the rows that are asked for, where a kind alone names them: `deposits with a rate above the average`. */
import type { ParseState } from '../model/parse-state.ts';
import { type Condition, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Holds means to the kind that the rows are called by: of deposits, and not of deposits and loans.
 * @throws Unread where a kind of another table names the rows
 */
export function holdMeansToKind({ asked, phrases, chinese }: ParseState): void {
  if (chinese || !asked.conditions.some(({ kind }) => kind === 'mean')) return;
  const named = phrases.flatMap((one) => (one.kind === 'value' && one.plural ? one : []));
  const [first] = named;
  if (first === undefined) return;
  asked.conditions = asked.conditions.map((one): Condition => {
    if (one.kind !== 'mean') return one;
    const { table } = one.column;
    const isNamed = phrases.some(
      (phrase) => phrase.kind === 'table' && phrase.done !== true && isTable(phrase.table, table),
    );
    if (isNamed) return one;
    if (!isTable(first.table, table)) return unread('the mean of all, or of a kind');
    const heldTo = asked.conditions.flatMap((held) =>
      held.kind === 'compare' &&
      named.some((value) => isSameColumn(value, held.column) && value.value === held.value)
        ? held
        : [],
    );
    return heldTo.length === 0 ? one : { ...one, heldTo };
  });
}
