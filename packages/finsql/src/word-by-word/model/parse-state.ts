/** What a parse knows while it walks the phrases; each parse has one of its own, and changes it. */
import type { Link } from '../../retrieval/context.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Asked } from './asked.ts';
import { isWord, type Meaning } from './phrase.ts';
import type { Said } from './said.ts';

export interface ParseState {
  /** Without those that say nothing. */
  readonly phrases: readonly Meaning[];
  readonly schema: Schema;
  readonly links: readonly Link[];
  readonly chinese: boolean;
  /** Of the next phrase. */
  at: number;
  readonly asked: Asked;
  readonly said: Said;
}

/** The next phrases, the nearest first. */
export function ahead({ phrases, at }: ParseState): readonly Meaning[] {
  return phrases.slice(at);
}

/** The phrase before the one that is taken. */
export function behind({ phrases, at }: ParseState): Meaning | undefined {
  return phrases[at - 2];
}

/** Whether an order is said further on: in Chinese, behind what rows are ordered by. */
export function isOrderAhead(state: ParseState): boolean {
  return ahead(state).some((one) =>
    isWord(one, 'top', 'sort', 'descending', 'ascending', 'days-first', 'extreme'),
  );
}

/** Whether rows are to be listed: `which customers`, `list the customers`. */
export function isListing({ asked, phrases }: ParseState): boolean {
  return asked.listed || phrases.some((one) => isWord(one, 'list'));
}

/** How many periods the whole question has. */
export function periodsSaid(state: ParseState): number {
  return state.asked.periods.length + ahead(state).filter(({ kind }) => kind === 'period').length;
}

/** Whether neither a table nor a column was named as what is asked for. */
export function isNothingAsked({ thing, shown }: Asked): boolean {
  return thing === undefined && shown.length === 0;
}

/** Whether the next thing named is denied, which it is then no longer. */
export function takeDenial({ said }: ParseState): boolean {
  const denied = said.negated || said.without;
  said.negated = false;
  said.without = false;
  return denied;
}
