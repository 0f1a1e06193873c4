/** Stored texts that a question spells out and that the statement written for it says nothing about. */

import { textKeys } from '../calibrate/compared-texts.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import type { TableLexicon } from '../retrieval/lexicon.ts';
import { keyOf } from '../retrieval/values/units.ts';
import type { LinkedValue } from '../retrieval/values.ts';
import { stem, words } from '../retrieval/words.ts';
import { fold } from '../schema/schema.ts';
import { sqlReferences } from '../sql/references.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

/**
 * Of the mentions, those that exactly one column of the statement's tables holds, that no text in the
 * statement has to do with, and that are more than words of those tables' names and comments.
 */
export function unusedMentions(
  sql: string,
  { schema, lexicon }: DatabaseContext,
  mentions: readonly LinkedValue[],
): LinkedValue[] {
  const exact = mentions.filter(({ similarity }) => similarity === 1);
  if (exact.length === 0) return [];
  const used = new Set(sqlReferences(sql, schema).tables);
  const tables = lexicon.tables.filter(({ name }) => used.has(name));
  const said = textKeys(tokenizeSql(sql)).filter((key) => key !== '');
  const named = new Set(tables.flatMap(stemsOf));
  return soleHolders(used, exact).filter(({ value }) => {
    const key = keyOf(value);
    const isSaid = said.some((text) => text.includes(key) || key.includes(text));
    return !isSaid && !words(value).every((word) => named.has(stem(word)) || /^\d+$/.test(word));
  });
}

/** Mentions that exactly one column of the tables holds, each once. @param tables folded names */
function soleHolders(tables: ReadonlySet<string>, mentions: readonly LinkedValue[]): LinkedValue[] {
  const places = new Map<string, Map<string, LinkedValue>>();
  for (const mention of mentions) {
    if (!tables.has(fold(mention.table))) continue;
    const key = keyOf(mention.value);
    const columns = places.get(key) ?? new Map<string, LinkedValue>();
    places.set(key, columns);
    const column = fold(`${mention.table}.${mention.column}`);
    if (!columns.has(column)) columns.set(column, mention);
  }
  return [...places.values()].flatMap((columns) =>
    columns.size === 1 ? [...columns.values()] : [],
  );
}

/** Stems of the names and comments of a table and its columns: words that need not mean a value. */
function stemsOf(table: TableLexicon): string[] {
  return [table, ...table.columns].flatMap(({ nameStems, commentStems }) => [
    ...nameStems,
    ...commentStems,
  ]);
}
