/** Words of a question that no name has and no notice is to single out: `dunning` of a table of dunning letters is in one. */
import type { DatabaseContext } from '../../retrieval/context.ts';
import { nameWords, stem } from '../../retrieval/words.ts';

/** One Chinese character is a part of a word: 发 of 发放. */
const ONE_CHARACTER = /^\p{Script=Han}$/u;

/** Whether a word is a part of a table's or a column's name, or of a word. */
export function isExplained(word: string, { schema }: Pick<DatabaseContext, 'schema'>): boolean {
  if (ONE_CHARACTER.test(word)) return true;
  const names = schema.tables.flatMap(({ name, columns }) => [
    name,
    ...columns.map((column) => column.name),
  ]);
  const own = stem(word.toLowerCase());
  return names.some((name) => nameWords(name).some((part) => stem(part) === own));
}
