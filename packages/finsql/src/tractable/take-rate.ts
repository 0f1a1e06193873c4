/** Rates that no column holds: `cancellation rate by channel`, `default rate, percent of principal`. */
import { isDeepStrictEqual } from 'node:util';
import { findTable } from '../schema/schema.ts';
import { behind, type ParseState } from './parse-state.ts';
import type { Meaning } from './phrase.ts';
import { columnOn, isTable } from './reading.ts';
import { unread } from './unread.ts';

/** Columns that say how rows end, and not of what kind they are. */
const STATE =
  /status|state|(?:^|_)st$|outcome|result|decision|stage|phase|cancel|return|default|flag/i;

/**
 * The rows that are as the word before says, in percent of all.
 * @throws Unread where it may be a rate of another kind, `mortgage rate`
 */
export function takeRate(state: ParseState): void {
  const { asked, said } = state;
  const before = behind(state);
  const held = asked.conditions.at(-1);
  const column = held && columnOn(held);
  const isSaid = before !== undefined && /^(?:value|stored|flag)$/.test(before.kind);
  const isPlain = asked.shown.length === 0 && said.calls.length === 0 && !said.share;
  if (held === undefined || column === undefined || !isSaid || !isPlain) unread('a rate of what');
  const isTwice = asked.conditions.some((one) => one !== held && isDeepStrictEqual(one, held));
  if (isTwice || !isOutcome(state, before)) unread('a rate of what');
  const isOther = asked.thing !== undefined && !isTable(asked.thing, column.table);
  if (isOther || asked.counting) unread('a rate of what');
  said.share = true;
  said.rateOf = held;
}

function isOutcome({ schema }: ParseState, before: Meaning): boolean {
  if (before.kind !== 'value') return true;
  const columns = findTable(schema, before.table)?.columns ?? [];
  const isRate = ({ name }: { readonly name: string }) => /rate|pct|percent/i.test(name);
  return STATE.test(before.column) || !columns.some(isRate);
}
