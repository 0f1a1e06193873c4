/** The cross-encoder as a retriever: it reads again the tables that words and values find likeliest. */
import { fold } from '../../schema/schema.ts';
import { retrieve } from '../retrieve.ts';
import { byScore, type Retriever } from '../retrievers/retriever.ts';
import type { CrossEncoder } from './cross-encoder.ts';

/** @param most tables read again; the others follow in their order. Default 10 */
export function reRanker(encoder: CrossEncoder, most = 10): Retriever {
  return {
    name: `cross-encoder over the first ${most}`,
    summary: 'question and table read together by the first layers of the language model',
    exemplars: 'maybe',
    rank(context, question, options) {
      const first = retrieve(context, question, options).tables;
      const byName = new Map(context.schema.tables.map((table) => [fold(table.name), table]));
      const read = first.slice(0, most).flatMap(({ name }) => {
        const table = byName.get(name);
        return table === undefined ? [] : [{ name, table }];
      });
      const scores = encoder.score(
        question,
        read.map(({ table }) => table),
      );
      const tables = read.map(({ name }, at) => [name, scores[at]?.table ?? 0] as const);
      const columns = read.flatMap(({ name, table }, at) =>
        table.columns.map(
          (column, index) =>
            [
              `${name}.${fold(column.name)}`,
              (scores[at]?.table ?? 0) * (scores[at]?.columns[index] ?? 0),
            ] as const,
        ),
      );
      return {
        tables: [...byScore(tables), ...first.slice(most).map(({ name }) => name)],
        columns: byScore(columns),
      };
    },
  };
}
