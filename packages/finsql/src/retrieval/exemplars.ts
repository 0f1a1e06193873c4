/**
 * Nearest questions of the same database: cosine of TF-IDF vectors over words, pairs of words
 * and runs of four characters (half weight), tf = 1 + ln(count), idf = ln((N + 1) / (df + 1)) + 1.
 */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { atOnce, inTurns } from '../turn.ts';
import { FeatureNumbers, type FeatureVector, phrasesOf } from './question-features.ts';
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

/** The questions of one database: their places are in a row. */
interface Shelf {
  readonly from: number;
  readonly to: number;
}

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
  const features = new FeatureNumbers();
  const vectors: FeatureVector[] = [];
  const frequency: number[] = [];
  let entries = 0;
  for (const { question } of items) {
    const vector = features.add(question);
    for (const feature of vector.features) frequency[feature] = (frequency[feature] ?? 0) + 1;
    entries += vector.features.length;
    if (vectors.push(vector) % PIECE === 0) yield;
  }
  const rarity = (known: number) => Math.log((items.length + 1) / (known + 1)) + 1;
  const rarities = Float64Array.from(frequency, rarity);
  const rarest = rarity(0);
  /** The weights of a vector's features, and its length. */
  const weigh = ({ features: numbers, counts, phrases }: FeatureVector) => {
    const weights = new Float64Array(numbers.length);
    for (const [at, feature] of numbers.entries()) {
      const frequent = 1 + Math.log(counts[at] as number);
      weights[at] = frequent * (rarities[feature] ?? rarest) * (at < phrases ? 1 : 0.5);
    }
    return { weights, norm: Math.hypot(...weights) || 1 };
  };

  // Places of a feature's questions, in order, and the weight that it has in each: those of all features in a row.
  const { order, shelves } = shelve(items);
  const starts = startsOf(frequency);
  const ends = starts.slice(0, -1);
  const places = new Int32Array(entries);
  const weights = new Float64Array(entries);
  for (const [place, position] of order.entries()) {
    const vector = vectors[position] as FeatureVector;
    const { weights: own, norm } = weigh(vector);
    for (const [at, feature] of vector.features.entries()) {
      const entry = ends[feature] as number;
      ends[feature] = entry + 1;
      places[entry] = place;
      weights[entry] = (own[at] as number) / norm;
    }
    if ((place + 1) % PIECE === 0) yield;
  }
  /** Entries of the feature's questions on a shelf: from the first to before the last. */
  const entriesOn = ({ from, to }: Shelf, feature: number | undefined): [number, number] => {
    if (feature === undefined || feature >= frequency.length) return [0, 0];
    const first = starts[feature] as number;
    const last = starts[feature + 1] as number;
    return [firstNotBelow(places, from, first, last), firstNotBelow(places, to, first, last)];
  };
  const itemsOn = ({ from, to }: Shelf): readonly TextToSqlItem[] =>
    Array.from(order.subarray(from, to), (position) => items[position] as TextToSqlItem);

  return {
    size: items.length,
    count: (db) => sizeOf(shelves.get(db) ?? EMPTY),
    of: (db) => itemsOn(shelves.get(db) ?? EMPTY),
    nearest(question, db, k, skip) {
      const shelf = shelves.get(db) ?? EMPTY;
      const scores = new Float64Array(sizeOf(shelf));
      const vector = features.of(question);
      const { weights: own, norm } = weigh(vector);
      for (const [at, feature] of vector.features.entries()) {
        const weight = own[at] as number;
        const [first, last] = entriesOn(shelf, feature);
        for (let entry = first; entry < last; entry++) {
          const score = (places[entry] as number) - shelf.from;
          scores[score] = (scores[score] as number) + weight * (weights[entry] as number);
        }
      }
      const neighbours: Neighbour[] = [];
      for (const at of bestFirst(scores)) {
        if (neighbours.length === k) break;
        const index = order[shelf.from + at] as number;
        const item = items[index] as TextToSqlItem;
        if (skip?.(item, index) === true) continue;
        neighbours.push({ item, index, similarity: (scores[at] ?? 0) / norm });
      }
      return neighbours;
    },
    ofKind(question, db, isOfKind) {
      const shelf = shelves.get(db) ?? EMPTY;
      const kind = itemsOn(shelf).map(isOfKind);
      const shares = phrasesOf(words(question)).map((phrase) => {
        const [first, last] = entriesOn(shelf, features.ofPhrase(phrase));
        if (last - first < FEWEST) return 0;
        const those = places.subarray(first, last).filter((place) => kind[place - shelf.from]);
        return those.length / (last - first);
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

/** The shelf of a database that no question asks about. */
const EMPTY: Shelf = { from: 0, to: 0 };

function sizeOf({ from, to }: Shelf): number {
  return to - from;
}

/** Puts the questions of each database side by side, in the order of the list: their positions in it, and the shelves. */
function shelve(items: readonly TextToSqlItem[]): {
  readonly order: Int32Array;
  readonly shelves: ReadonlyMap<string, Shelf>;
} {
  const positions = new Map<string, number[]>();
  for (const [position, { db }] of items.entries()) {
    const own = positions.get(db) ?? [];
    if (own.push(position) === 1) positions.set(db, own);
  }
  let to = 0;
  const shelves = new Map<string, Shelf>();
  for (const [db, { length }] of positions) {
    shelves.set(db, { from: to, to: to + length });
    to += length;
  }
  return { order: Int32Array.from([...positions.values()].flat()), shelves };
}

/** Where each of several lists begins when they stand in a row, and where the last one ends. */
function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  for (const [at, length] of lengths.entries()) starts[at + 1] = (starts[at] ?? 0) + length;
  return starts;
}

/** The first index from `first` to before `last` whose place is not below the one given; `last` where there is none. */
function firstNotBelow(places: Int32Array, place: number, first: number, last: number): number {
  let [low, high] = [first, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
