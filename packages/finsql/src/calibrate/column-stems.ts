import { nameWords, stem, words } from '../retrieval/words.ts';
import type { Column } from '../schema/schema.ts';

/** Stems of the words of a column's name and comment. */
export function columnStems({ name, comment }: Pick<Column, 'name' | 'comment'>): string[] {
  return [...nameWords(name), ...words(comment)].map(stem);
}
