/** What the pipeline goes by: votes, words, values and keys together. */
import { columnUtility } from '../columns.ts';
import type { Retrieval } from '../retrieve.ts';
import { retrieve } from '../retrieve.ts';
import { byScore, type Retriever } from './retriever.ts';

/** Tables whose columns are ranked. */
const TABLES = 12;

export const combined: Retriever = {
  name: 'combined',
  summary: 'votes, words, stored values and keys, as the pipeline combines them',
  exemplars: 'maybe',
  rank: (context, question, options) => rankingOf(retrieve(context, question, options)),
};

/** The columns by p(table needed) · p(column needed | table). */
export function rankingOf(retrieval: Retrieval): { tables: string[]; columns: string[] } {
  const columns = retrieval.tables
    .slice(0, TABLES)
    .flatMap(({ name: table, score: likely }) =>
      retrieval
        .columnsOf(table)
        .map(({ name, score }) => [`${table}.${name}`, columnUtility(likely, score)] as const),
    );
  return { tables: retrieval.tables.map(({ name }) => name), columns: byScore(columns) };
}
