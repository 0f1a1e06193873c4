/** Means over rows of the same kind: `above the average for their own category`. */

import { findTable, fold } from '../../schema/schema.ts';
import { keysTo } from '../columns/part-of.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import type { Meaning } from '../model/phrase.ts';
import { isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * The column behind `own` tells which rows the mean said before is over.
 * @param isSoft whether it says nothing where no mean was said: `in their`
 * @throws Unread where no mean was said, or what follows is no column of its table
 */
export function takeOwn(state: ParseState, isSoft: boolean): void {
  const { conditions } = state.asked;
  const mean = conditions.at(-1);
  if (isSoft && (mean?.kind !== 'mean' || mean.per !== undefined)) return;
  const [next] = ahead(state);
  if (mean?.kind !== 'mean' || mean.per !== undefined) unread('the same of what');
  const per = columnFor(state, mean.column.table, next) ?? unread('a mean over rows of what');
  state.at++;
  conditions[conditions.length - 1] = { ...mean, per };
}

/** The column of a table itself, or the one that refers to the table. */
export function columnFor(
  { schema, links }: ParseState,
  table: string,
  named: Meaning | undefined,
): string | undefined {
  if (named?.kind === 'column') return isTable(named.table, table) ? named.column : undefined;
  if (named?.kind !== 'table') return undefined;
  const [key, ...others] = keysTo(links, table, named.table);
  const columns = findTable(schema, table)?.columns ?? [];
  const found = columns.find(({ name }) => fold(name) === key?.column);
  return others.length === 0 ? found?.name : undefined;
}
