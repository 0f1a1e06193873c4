/**
 * Which tables does a question need?
 *
 *     p(table) = v · votes + (1 − v) · words
 *
 * votes: share of the neighbours' similarity⁴ whose SQL uses the table. words: each stem of the
 * question counts once per table, by how telling it is and where it fits (table name, comment,
 * column, stored value). v grows with the nearest neighbour's similarity and is 0 without one.
 */

import { fold } from '../schema/schema.ts';
import type { DatabaseContext } from './context.ts';
import type { Neighbour } from './exemplars.ts';
import { fit, type TableLexicon } from './lexicon.ts';
import type { LinkedValue } from './values.ts';

export interface ScoredTable {
  /** Folded name. */
  readonly name: string;
  /** 0 … 1. */
  readonly score: number;
  readonly votes: number;
  readonly words: number;
  /** Weight of the question's stems that the comment has and the name hasn't. */
  readonly explained: number;
}

/** All tables, best first. */
export function scoreTables(
  context: DatabaseContext,
  questionStems: readonly string[],
  neighbours: readonly Neighbour[],
  values: readonly LinkedValue[],
): ScoredTable[] {
  const votes = voteForTables(context, neighbours);
  const words = new Map(
    context.lexicon.tables.map((table) => [
      table.name,
      lexicalScore(context, table, new Set(questionStems)) + valueScore(table, values),
    ]),
  );
  const best = Math.max(1e-9, ...words.values());
  const trust =
    neighbours.length === 0 ? 0 : Math.min(0.98, 0.6 + (neighbours[0]?.similarity ?? 0));
  return context.lexicon.tables
    .map(({ name, nameStems, commentStems }) => {
      const vote = votes.get(name) ?? 0;
      const word = (words.get(name) ?? 0) / best;
      const explained = [...new Set(questionStems)]
        .filter((item) => commentStems.has(item) && !nameStems.has(item) && !name.includes(item))
        .reduce((sum, item) => sum + context.lexicon.weight(item), 0);
      return {
        explained,
        name,
        votes: vote,
        words: word,
        score: trust * vote + (1 - trust) * word,
      };
    })
    .sort((a, b) => b.score - a.score);
}

function voteForTables(
  context: DatabaseContext,
  neighbours: readonly Neighbour[],
): Map<string, number> {
  const votes = new Map<string, number>();
  const total = neighbours.reduce((sum, { similarity }) => sum + similarity ** 4, 0) || 1;
  for (const { item, similarity } of neighbours) {
    for (const table of context.known(item).references.tables) {
      votes.set(table, (votes.get(table) ?? 0) + similarity ** 4 / total);
    }
  }
  return votes;
}

function lexicalScore(
  context: DatabaseContext,
  table: TableLexicon,
  questionStems: ReadonlySet<string>,
): number {
  let score = 0;
  for (const item of questionStems) {
    let best = 1.6 * fit(item, table.name, table.nameStems, table.commentStems);
    for (const column of table.columns) {
      best = Math.max(best, fit(item, column.name, column.nameStems, column.commentStems));
    }
    score += best * context.lexicon.weight(item);
  }
  return score;
}

/** A value that only this table holds tells more than one that every table holds. */
function valueScore(table: TableLexicon, values: readonly LinkedValue[]): number {
  let score = 0;
  for (const text of new Set(values.map(({ value }) => value.toLowerCase()))) {
    const places = values.filter(({ value }) => value.toLowerCase() === text);
    const here = places.filter((place) => fold(place.table) === table.name);
    if (here.length === 0) continue;
    const tables = new Set(places.map((place) => place.table)).size;
    score += (2.5 + Math.min(3, here[0]?.length ?? 1)) / tables;
  }
  return score;
}

/**
 * Tables that join two of `chosen` which have no key between them: the middle of a many-to-many.
 * Best score first.
 */
export function missingLinks(
  context: DatabaseContext,
  chosen: readonly string[],
  ranking: readonly ScoredTable[],
): string[] {
  const neighboursOf = (name: string) =>
    new Set(
      context.links.flatMap((link) =>
        link.table === name ? [link.target] : link.target === name ? [link.table] : [],
      ),
    );
  const between = new Set<string>();
  for (const [index, first] of chosen.entries()) {
    const reach = neighboursOf(first);
    for (const second of chosen.slice(index + 1)) {
      if (reach.has(second)) continue;
      for (const table of neighboursOf(second)) if (reach.has(table)) between.add(table);
    }
  }
  return ranking
    .map(({ name }) => name)
    .filter((name) => between.has(name) && !chosen.includes(name));
}
