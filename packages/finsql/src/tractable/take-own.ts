/** Means over rows of the same kind: `above the average for their own category`. */
import { findTable, fold } from '../schema/schema.ts';
import { ahead, type ParseState } from './parse-state.ts';
import type { Meaning } from './phrase.ts';
import { unread } from './unread.ts';

/**
 * The column behind `own` tells which rows the mean said before is over.
 * @throws Unread where no mean was said, or what follows is no column of its table
 */
export function takeOwn(state: ParseState): void {
  const { conditions } = state.asked;
  const mean = conditions.at(-1);
  const [next] = ahead(state);
  if (mean?.kind !== 'mean' || mean.per !== undefined) unread('the same of what');
  const per = columnFor(state, mean.column.table, next) ?? unread('a mean over rows of what');
  state.at++;
  conditions[conditions.length - 1] = { ...mean, per };
}

/** The column itself, or the one that refers to the table. */
function columnFor(
  { schema }: ParseState,
  table: string,
  named: Meaning | undefined,
): string | undefined {
  if (named?.kind === 'column') return fold(named.table) === fold(table) ? named.column : undefined;
  if (named?.kind !== 'table') return undefined;
  const keys = findTable(schema, table)?.foreignKeys ?? [];
  const [key, ...others] = keys.filter((one) => fold(one.table) === fold(named.table));
  return others.length === 0 ? key?.column : undefined;
}
