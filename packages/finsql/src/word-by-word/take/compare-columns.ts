/** Two columns of a row against each other: `spent more than its budget`, `paid after the due date`. */
import { fold } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { isKeyAbove } from '../columns/keys-above.ts';
import { factOf } from '../columns/plans-and-facts.ts';
import { isDay, isQuantity, soleDay } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, type Item, isMeasure, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * The column behind a word that compares, where a column and no number stands before it.
 * @returns whether it is so
 * @throws Unread where the two can't be compared
 */
export function takeOtherColumn(
  state: ParseState,
  other: ColumnRef,
  compared: Item | undefined,
): boolean {
  const { asked, said } = state;
  const { sign } = said;
  const isOfNumber = said.number !== undefined || ahead(state)[0]?.kind === 'number';
  if (sign === undefined || isOfNumber || said.calls.length > 0) return false;
  const isText =
    compared !== undefined &&
    !isMeasure(compared) &&
    !isQuantity(state, compared) &&
    !isDay(state, compared);
  if ((compared === undefined || isText) && compareFact(state, other)) return true;
  if (compared === undefined) return false;
  if (isMeasure(compared)) unread('a measure against rows');
  if (compareAbove(state, compared, other)) return true;
  const areNumbers = [compared, other].every((ref) => isQuantity(state, ref));
  const areDays = [compared, other].every((ref) => isDay(state, ref));
  if (!areNumbers && !areDays) unread('compared with another kind');
  if (isSameColumn(compared, other)) unread('compared with itself');
  if (!isOfOneRow(state, compared, other)) unread('compared with rows of another table');
  said.sign = undefined;
  asked.conditions.push({ kind: 'columns', column: compared, sign, other });
  return true;
}

/** `over budget`: what was spent, which is not named; whether it is so. */
function compareFact(state: ParseState, plan: ColumnRef): boolean {
  const { asked, said, schema, chinese } = state;
  const { sign } = said;
  const fact = chinese || sign === '=' ? undefined : factOf(schema, plan);
  if (fact === undefined || sign === undefined) return false;
  said.sign = undefined;
  asked.conditions.push({ kind: 'columns', column: fact, sign, other: plan });
  return true;
}

/** `earn more than their manager`: the same column of the row of its table that the other refers to; whether it is so. */
function compareAbove({ asked, said, schema }: ParseState, own: ColumnRef, to: ColumnRef): boolean {
  const { sign } = said;
  if (!isTable(own.table, to.table) || !isKeyAbove(schema, to) || sign === undefined) return false;
  const key = soleKey(schema, own.table) ?? unread('compared with rows of no key');
  said.sign = undefined;
  asked.conditions.push({ kind: 'above', column: own, sign, by: to.column, key });
  return true;
}

/** Whether the one row has both, or one belongs to a row with the other. */
function isOfOneRow({ links }: ParseState, one: ColumnRef, other: ColumnRef): boolean {
  const [first, second] = [fold(one.table), fold(other.table)];
  const between = links.filter(
    (link) =>
      (link.table === first && link.target === second) ||
      (link.table === second && link.target === first),
  );
  return first === second || between.length === 1;
}

/** Whether a day is compared with another, named behind the word for it: `delivered after the promised date`. */
export function isDayAhead(state: ParseState, ref: ColumnRef): boolean {
  const [next, beyond] = ahead(state);
  return (
    isWord(next, 'before', 'after') &&
    beyond?.kind === 'column' &&
    isDay(state, ref) &&
    isDay(state, beyond)
  );
}

/** `payments after the due date`: where no day is named before it, of the one day of what is asked for; whether it is so. */
export function takeDayAhead(state: ParseState): boolean {
  const { asked, said } = state;
  const [next] = ahead(state);
  if (next?.kind !== 'column' || !isDay(state, next)) return false;
  if (said.compared === undefined && asked.thing !== undefined) {
    said.compared = soleDay(state, asked.thing);
  }
  return said.compared !== undefined;
}
