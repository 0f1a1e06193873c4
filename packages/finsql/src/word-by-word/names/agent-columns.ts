/** Columns of who does something, said by what they do: `who manages the branch` for a column manager. */
import type { Column } from '../../schema/schema.ts';
import { verbsOfAgent } from '../columns/agent-verbs.ts';
import { wordsOf } from '../columns/name-words.ts';
import { isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** The verbs for what those in a column do. */
export function agentVerbs({ name, kind }: Column): string[] {
  const last = wordsOf(name).at(-1) ?? '';
  return kind === 'text' ? verbsOfAgent(last) : [];
}

/** `who manages ...`: asks for the column. @throws Unread where something else is asked for */
export function takeAgent({ asked, said }: ParseState, ref: ColumnRef): void {
  // `assets nobody manages`.
  if (said.without && isTable(asked.thing, ref.table)) {
    said.without = false;
    asked.conditions.push({ kind: 'stored', column: ref, not: true });
    return;
  }
  if (!asked.who || !isNothingAsked(asked) || asked.conditions.length > 0) unread('done by whom');
  asked.who = false;
  asked.shown.push(ref);
  said.named = ref;
}
