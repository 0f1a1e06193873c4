/** Whose rows are: 金额最高的发票是哪家供应商的. */
import { isPartOf } from '../columns/part-of.ts';
import { labelColumns } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Shows what those are called by that the rows said before it belong to; whether they are asked for.
 * @throws Unread where the rows do not belong to them
 */
export function showsOwnerAsked(state: ParseState, table: string): boolean {
  const { asked, said, chinese, links } = state;
  const { thing } = asked;
  const which = behind(state);
  const isLast = ahead(state).length === 0 && isWord(which, 'which') && which.one === true;
  const isPlain = asked.shown.length === 0 && !said.grouping && said.calls.length === 0;
  const isOther = thing !== undefined && !isTable(thing, table);
  if (!chinese || !isLast || !isPlain || !isOther) return false;
  if (!isPartOf(links, thing, table)) unread('which of others');
  asked.tables.push(table);
  asked.shown.push(...labelColumns(state, table));
  // Several of the rows may be of one.
  asked.distinct = asked.order === undefined && said.extreme === undefined;
  return true;
}
