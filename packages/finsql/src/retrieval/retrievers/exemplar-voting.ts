import { voteForColumns } from '../columns.ts';
import { neighboursOf } from '../retrieve.ts';
import { voteForTables } from '../tables.ts';
import { byScore, type Retriever } from './retriever.ts';

export const exemplarVoting: Retriever = {
  name: 'exemplar voting',
  summary: 'the tables and columns of the nearest known questions, by similarity',
  exemplars: 'always',
  rank(context, question, options) {
    const neighbours = neighboursOf(context, question, options);
    const tables = voteForTables(context, neighbours);
    const columns = [...tables].flatMap(([table, vote]) =>
      [...voteForColumns(context, table, neighbours)].map(
        ([column, votes]) => [`${table}.${column}`, votes + 1e-9 * vote] as const,
      ),
    );
    return { tables: byScore(tables), columns: byScore(columns) };
  },
};
