/** A retrieval whose tables and columns stand as another retriever ranks them. */
import { fold } from '../schema/schema.ts';
import type { ScoredColumn } from './columns.ts';
import type { Retrieval } from './retrieve.ts';
import type { Ranking } from './retrievers/retriever.ts';
import type { ScoredTable } from './tables.ts';

/** Of a table's best column; the others fall off with their place. */
const BEST_COLUMN = 2;

/**
 * @param retrieval gives what a ranking has not: values, quantities, neighbours, and the order of what
 *   the ranking leaves out, which comes last with a score of 0
 * @returns tables with 1, ½, ⅓, … by their place, columns likewise by their place within their table
 */
export function rankedBy(retrieval: Retrieval, ranking: Ranking): Retrieval {
  const places = new Map(ranking.tables.map((name, place) => [fold(name), place]));
  const score = (place: number | undefined): number => (place === undefined ? 0 : 1 / (1 + place));
  const tables = retrieval.tables
    .map((table): ScoredTable => ({ ...table, score: score(places.get(table.name)) }))
    .sort((a, b) => b.score - a.score);
  const columns = ranking.columns.map((name) => fold(name));
  return {
    ...retrieval,
    tables,
    columnsOf: (table) => {
      const own = columns.filter((name) => name.startsWith(`${table}.`));
      const placeOf = new Map(own.map((name, place) => [name, place]));
      return retrieval.columnsOf(table).map(
        (column): ScoredColumn => ({
          ...column,
          score: BEST_COLUMN * score(placeOf.get(`${table}.${column.name}`)),
        }),
      );
    },
  };
}
