/** Rows that still are what they are called: `current members` are those that have not left. */
import { type Column, findTable } from '../../schema/schema.ts';
import { wordsOf } from '../columns/name-words.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isStateSaid } from './expect-sense.ts';

/** What is said of a day that nothing is put down for ahead of it. */
const OVER =
  /^(?:ended|left|leave|leaving|departure|exit|exited|resigned|resignation|terminated|termination|sold|disposed|disposal|closed|cancelled|canceled)$/;
/** What else may tell whether rows go on. */
const STATE = /stat(?:us|e)?$|^is_?active|^active/i;

/** Where no state is said, holds things that are said to be such now to those whose last day is not put down. */
export function holdToNow(state: ParseState, thing: string): void {
  state.said.goesOn = isStateSaid(state) || holdsToCurrent(state, thing);
}

/** Whether it does. */
function holdsToCurrent(state: ParseState, thing: string): boolean {
  const { asked, said, chinese } = state;
  const columns = findTable(state.schema, thing)?.columns ?? [];
  const [last, ...others] = columns.filter(isLastDay);
  if (!said.now || chinese || last === undefined || others.length > 0) return false;
  if (columns.some(({ name }) => STATE.test(name))) return false;
  const column = { table: thing, column: last.name };
  // It is said of the rows themselves, before all that is said behind them.
  asked.conditions.unshift({ kind: 'stored', column, not: true });
  if (said.beforeThing !== undefined) said.beforeThing += 1;
  if (said.partFrom !== undefined) said.partFrom += 1;
  return true;
}

function isLastDay({ name, kind }: Column): boolean {
  return kind === 'date' && wordsOf(name).some((word) => OVER.test(word));
}
