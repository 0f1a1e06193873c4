/** When something is done: a period that is said is that of the rows it is done with. */
import { findTable } from '../../schema/schema.ts';
import { holdsDays } from '../columns/schema-columns.ts';
import { ahead, type ParseState, periodsSaid } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { unread } from '../model/unread.ts';

/** 2024年买过: the period is that of what is done. */
export function dateDone(state: ParseState, table: string): void {
  const { said } = state;
  const hasDay = findTable(state.schema, table)?.columns.some(holdsDays);
  const periods = periodsSaid(state);
  if (said.without || periods === 0) return;
  // 2023年买过但2024年没有买.
  const isBut = periods === 2 && ahead(state).some((one) => isWord(one, 'but'));
  if (!hasDay || (periods > 1 && !isBut)) unread('when it is done');
  said.doneIn = table;
}

/** 2024年做过交易: the period is that of what is done. */
export function takeDoneWith(state: ParseState): void {
  const [next] = ahead(state);
  if (next?.kind === 'table') dateDone(state, next.table);
}
