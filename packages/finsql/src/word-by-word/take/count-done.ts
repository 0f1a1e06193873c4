/** Rows counted by what is done with them: `number of completions per year`, `how many joined in 2024`. */
import { isDay } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import type { ColumnRef } from '../model/reading.ts';
import { ownersNamed } from './rows-of-kinds.ts';

/** Counts the rows that have such a day, where periods are said or asked for; whether it is so. */
export function countsDone(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, phrases } = state;
  const isCounted = asked.counting || (said.calls.length === 1 && said.calls[0] === 'count');
  const isDated = phrases.some(
    (one) => one.kind === 'period' || isWord(one, 'each-period', 'which-period'),
  );
  const isOfOthers = phrases.some((one) => one.kind === 'table' && one.table !== ref.table);
  if (state.chinese || !isCounted || !isDated || isOfOthers || !isDay(state, ref)) return false;
  if (asked.thing !== undefined || asked.shown.length > 0 || said.distinct) return false;
  // `how many companies gave in 2024`: those who gave are counted, and not what they gave.
  if (ownersNamed(state, ref.table) !== undefined) return false;
  said.calls = [];
  asked.counting = false;
  asked.shown.push({ call: 'count', rows: ref.table });
  asked.thing = ref.table;
  said.periodOf = ref;
  return true;
}
