/**
 * Nearest questions of the same database: cosine of TF-IDF vectors over words, pairs of words
 * and runs of four characters (half weight), tf = 1 + ln(count), idf = ln((N + 1) / (df + 1)) + 1.
 */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { atOnce, inTurns } from '../turn.ts';
import { words } from './words.ts';

export interface Neighbour {
  readonly item: TextToSqlItem;
  /** Position of the item in the list that the index was built from. */
  readonly index: number;
  /** Cosine, 0 … 1. */
  readonly similarity: number;
}

export interface ExemplarIndex {
  readonly size: number;
  /** Items of that database. */
  count(db: string): number;
  /** Its items, in the order of the list. */
  of(db: string): readonly TextToSqlItem[];
  /** Up to `k` nearest items of that database, best first; `skip` leaves items out. */
  nearest(
    question: string,
    db: string,
    k: number,
    skip?: (item: TextToSqlItem, index: number) => boolean,
  ): Neighbour[];
  /**
   * Known questions of a kind of that database, and how strongly the words of a question speak for it: of
   * those with one of its words or pairs of words, the largest share that is of the kind, 0 … 1.
   */
  ofKind(
    question: string,
    db: string,
    isOfKind: (item: TextToSqlItem) => boolean,
  ): { readonly count: number; readonly share: number };
}

/** The questions of one database. */
interface Shelf {
  /** Positions in the list of all items. */
  readonly positions: number[];
  /** For each feature, the questions that have it. */
  readonly postings: Map<string, Posting>;
}

/** Places of questions on their shelf, and the weight that a feature has in each. */
interface Posting {
  readonly places: number[];
  readonly weights: number[];
}

/** A feature that no question has. */
const NONE: Posting = { places: [], weights: [] };

/** What fewer questions have in common says nothing. */
const FEWEST = 4;

/** Questions that are indexed in one go: some milliseconds. */
const PIECE = 100;

/** Indexes the questions of a set, for instance the training questions. */
export function buildExemplarIndex(items: readonly TextToSqlItem[]): ExemplarIndex {
  return atOnce(indexing(items));
}

/** The same in turns of the event loop. */
export function buildExemplarIndexInTurns(items: readonly TextToSqlItem[]): Promise<ExemplarIndex> {
  return inTurns(indexing(items));
}

/** Pauses after each piece of the work. */
function* indexing(items: readonly TextToSqlItem[]): Generator<undefined, ExemplarIndex> {
  const vectors: ReadonlyMap<string, number>[] = [];
  const frequency = new Map<string, number>();
  for (const { question } of items) {
    const vector = features(question);
    for (const feature of vector.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
    if (vectors.push(vector) % PIECE === 0) yield;
  }
  const weight = (feature: string, count: number) =>
    (1 + Math.log(count)) *
    (Math.log((items.length + 1) / ((frequency.get(feature) ?? 0) + 1)) + 1) *
    (feature.startsWith('#') ? 0.5 : 1);
  const weighted = (vector: ReadonlyMap<string, number>) => {
    const entries = [...vector].map(
      ([feature, count]) => [feature, weight(feature, count)] as const,
    );
    return { entries, norm: Math.hypot(...entries.map(([, value]) => value)) || 1 };
  };

  const shelves = new Map<string, Shelf>();
  for (const [position, vector] of vectors.entries()) {
    const db = items[position]?.db ?? '';
    const shelf: Shelf = shelves.get(db) ?? { positions: [], postings: new Map() };
    shelves.set(db, shelf);
    const place = shelf.positions.push(position) - 1;
    const { entries, norm } = weighted(vector);
    for (const [feature, value] of entries) {
      const posting = shelf.postings.get(feature) ?? { places: [], weights: [] };
      posting.places.push(place);
      posting.weights.push(value / norm);
      shelf.postings.set(feature, posting);
    }
    if ((position + 1) % PIECE === 0) yield;
  }

  return {
    size: items.length,
    count: (db) => shelves.get(db)?.positions.length ?? 0,
    of: (db) => shelves.get(db)?.positions.flatMap((position) => items[position] ?? []) ?? [],
    nearest(question, db, k, skip) {
      const shelf = shelves.get(db);
      if (shelf === undefined) return [];
      const scores = new Float64Array(shelf.positions.length);
      const { entries, norm } = weighted(features(question));
      for (const [feature, value] of entries) {
        const { places, weights } = shelf.postings.get(feature) ?? NONE;
        for (let at = 0; at < places.length; at++) {
          const place = places[at] as number;
          scores[place] = (scores[place] as number) + value * (weights[at] as number);
        }
      }
      const neighbours: Neighbour[] = [];
      for (const place of bestFirst(scores)) {
        const index = shelf.positions[place] ?? 0;
        const item = items[index];
        if (neighbours.length === k) break;
        if (item !== undefined && skip?.(item, index) !== true) {
          neighbours.push({ item, index, similarity: (scores[place] ?? 0) / norm });
        }
      }
      return neighbours;
    },
    ofKind(question, db, isOfKind) {
      const { positions, postings } = shelves.get(db) ?? { positions: [], postings: new Map() };
      const kind = positions.map((position) => {
        const item = items[position];
        return item !== undefined && isOfKind(item);
      });
      const shares = phrases(words(question)).map((phrase) => {
        const { places }: Posting = postings.get(phrase) ?? NONE;
        return places.length < FEWEST ? 0 : places.filter((at) => kind[at]).length / places.length;
      });
      return { count: kind.filter(Boolean).length, share: Math.max(0, ...shares) };
    },
  };
}

/** Scores that are put in order at a time: nearly always enough, and much less than to order them all. */
const FIRST = 200;

/** Indices of the scores above 0, the highest first, the first of equals first. */
function* bestFirst(scores: Float64Array): Generator<number> {
  const ordered = scores.filter((score) => score > 0).sort();
  let above = Number.POSITIVE_INFINITY;
  let left = ordered.length;
  while (left > 0) {
    const least = ordered[Math.max(0, left - FIRST)] ?? 0;
    const places: number[] = [];
    for (const [place, score] of scores.entries()) {
      if (score >= least && score < above) places.push(place);
    }
    yield* places.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    left -= places.length;
    above = least;
  }
}

/** Two questions with the same key are the same question. */
export function questionKey(question: string): string {
  return words(question).join(' ');
}

function features(question: string): Map<string, number> {
  const list = words(question);
  const all = phrases(list);
  const text = ` ${list.join(' ')} `;
  for (let i = 0; i + 4 <= text.length; i++) all.push(`#${text.slice(i, i + 4)}`);
  const counts = new Map<string, number>();
  for (const feature of all) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

/** The words and the pairs of words. */
function phrases(list: readonly string[]): string[] {
  return [...list, ...list.slice(1).map((word, i) => `${list[i]}_${word}`)];
}
