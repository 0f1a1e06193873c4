/**
 * Which tables does a question need? Evidence of three kinds, taken greedily:
 *
 *     score(table) = trust · votes + (1 − trust) · words + neighbourhood
 *
 * votes: share of the neighbours' similarity⁴ whose SQL uses the table. words: each stem of the
 * question and each stored value that it mentions, by how telling it is and how well it fits the
 * table; what a chosen table explains counts less for the next, so that the second table is the one
 * that explains the rest. neighbourhood: a key to a table already chosen. trust grows with the
 * nearest neighbour's similarity and with the number of known questions; it is 0 without any.
 */
import { fold } from '../schema/schema.ts';
import type { DatabaseContext } from './context.ts';
import type { Neighbour } from './exemplars.ts';
import { fit, type TableLexicon } from './lexicon.ts';
import type { LinkedValue } from './values.ts';

export interface ScoredTable {
  /** Folded name. */
  readonly name: string;
  /** 0 … about 1, at the moment when it was chosen. */
  readonly score: number;
  readonly votes: number;
  /** Weight of the question's stems that the comment has and the name hasn't. */
  readonly explained: number;
}

/** A table's own name tells more than one of its columns. */
const NAME_WEIGHT = 1.6;
/** A stored value tells this much, and this much more for each of its words up to three. */
const VALUE_WEIGHT = 6;
const VALUE_WORD_WEIGHT = 4;
/** What is left of a word's weight when a chosen table has it. */
const LEFT_OVER = 0.4;
const NEIGHBOURHOOD = 0.3;
/** Trust in votes: so much, and so much more with the nearest neighbour's similarity. */
const LEAST_TRUST = 0.2;
const TRUST_SLOPE = 0.8;
/** With more known questions per table than this, the distrust shrinks in proportion. */
const FEW_QUESTIONS = 8;
/** Tables chosen greedily; the rest only keeps its order. */
const GREEDY = 10;

interface Evidence {
  readonly name: string;
  readonly votes: number;
  /** By stem or value: weight of the match. */
  readonly words: ReadonlyMap<string, number>;
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
  const open = context.lexicon.tables.map((table) =>
    gatherEvidence(context, table, new Set(questionStems), values, votes.get(table.name) ?? 0),
  );
  const trust = trustInVotes(context, neighbours);
  const left = new Map<string, number>();
  const total = (evidence: Evidence) =>
    [...evidence.words].reduce((sum, [word, weight]) => sum + weight * (left.get(word) ?? 1), 0);
  const most = Math.max(1e-9, ...open.map(total));
  const adjacent = new Set<string>();
  const ranking: ScoredTable[] = [];
  while (open.length > 0) {
    const scored = open
      .map((evidence) => ({
        evidence,
        score:
          trust * evidence.votes +
          ((1 - trust) * total(evidence)) / most +
          (adjacent.has(evidence.name) ? NEIGHBOURHOOD * (1 - trust) : 0),
      }))
      .sort((a, b) => b.score - a.score);
    const taken = ranking.length < GREEDY ? scored.slice(0, 1) : scored;
    for (const { evidence, score } of taken) {
      ranking.push({
        name: evidence.name,
        score,
        votes: evidence.votes,
        explained: evidence.explained,
      });
      open.splice(open.indexOf(evidence), 1);
      for (const word of evidence.words.keys()) left.set(word, LEFT_OVER);
      for (const link of context.sparseKeys ? context.links : []) {
        if (link.table === evidence.name) adjacent.add(link.target);
        if (link.target === evidence.name) adjacent.add(link.table);
      }
    }
  }
  return ranking;
}

function trustInVotes(context: DatabaseContext, neighbours: readonly Neighbour[]): number {
  const [nearest] = neighbours;
  if (nearest === undefined) return 0;
  const known = context.exemplars?.count(context.schema.name) ?? 0;
  const perTable = known / Math.max(1, context.schema.tables.length);
  const distrust = Math.max(0, 1 - LEAST_TRUST - TRUST_SLOPE * nearest.similarity);
  return 1 - Math.max(0.02, distrust * Math.min(1, FEW_QUESTIONS / perTable));
}

/** By folded name: share of the neighbours' similarity⁴ whose SQL uses the table. */
export function voteForTables(
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

function gatherEvidence(
  context: DatabaseContext,
  table: TableLexicon,
  questionStems: ReadonlySet<string>,
  values: readonly LinkedValue[],
  votes: number,
): Evidence {
  const words = new Map<string, number>();
  let explained = 0;
  for (const item of questionStems) {
    let best = NAME_WEIGHT * fit(item, table.name, table.nameStems, table.commentStems);
    for (const column of table.columns) {
      best = Math.max(best, fit(item, column.name, column.nameStems, column.commentStems));
    }
    const weight = context.lexicon.weight(item);
    if (best > 0) words.set(item, best * weight);
    const told = table.commentStems.has(item);
    if (told && !table.nameStems.has(item) && !table.name.includes(item)) explained += weight;
  }
  for (const [text, weight] of valueWeights(table, values)) words.set(`'${text}'`, weight);
  return { name: table.name, votes, words, explained };
}

/** A value that only this table holds tells more than one that every table holds; a long one, more than a word. */
function valueWeights(table: TableLexicon, values: readonly LinkedValue[]): Map<string, number> {
  const weights = new Map<string, number>();
  const tablesOf = new Map<string, Set<string>>();
  for (const value of values) {
    const text = value.value.toLowerCase();
    tablesOf.set(text, (tablesOf.get(text) ?? new Set()).add(fold(value.table)));
  }
  for (const { value, length, similarity } of values) {
    const tables = tablesOf.get(value.toLowerCase());
    if (tables?.has(table.name) !== true) continue;
    weights.set(
      value.toLowerCase(),
      (similarity * (VALUE_WEIGHT + VALUE_WORD_WEIGHT * Math.min(3, length))) / tables.size,
    );
  }
  return weights;
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
