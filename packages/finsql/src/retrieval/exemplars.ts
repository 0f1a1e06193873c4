/**
 * Nearest questions of the same database: cosine of the vectors that the weights of features make, see
 * `postings.ts`.
 */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { atOnce, inTurns } from '../turn.ts';
import { gatherPostings, type Posting, type Postings, weigh } from './known-questions/postings.ts';
import { phrasesOf } from './known-questions/question-features.ts';
import { tellingSigns } from './telling-signs.ts';
import { words } from './words.ts';

export interface Neighbour {
  readonly item: TextToSqlItem;
  /** Position of the item in the list that the index was built from. */
  readonly index: number;
  /** Cosine, 0 … 1. */
  readonly similarity: number;
}

/** What else is known of the questions, by a key. */
export interface Notes {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
}

export interface ExemplarIndex {
  readonly size: number;
  /** Kept beside the index; none where it lives in memory. */
  readonly notes?: Notes;
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

/** Indexes the questions of a set, for instance the training questions. */
export function buildExemplarIndex(items: readonly TextToSqlItem[]): ExemplarIndex {
  return exemplarIndexOf(items, atOnce(gatherPostings(shelvedQuestions(items))));
}

/** The same in turns of the event loop. */
export async function buildExemplarIndexInTurns(
  items: readonly TextToSqlItem[],
): Promise<ExemplarIndex> {
  return exemplarIndexOf(items, await inTurns(gatherPostings(shelvedQuestions(items))));
}

/** The questions side by side with those of the same database: by place. */
export function shelvedQuestions(items: readonly TextToSqlItem[]): string[] {
  return Array.from(shelve(items).order, (position) => items[position]?.question ?? '');
}

/** @param postings of the items' shelved questions @param notes see `ExemplarIndex` */
export function exemplarIndexOf(
  items: readonly TextToSqlItem[],
  postings: Postings,
  notes?: Notes,
): ExemplarIndex {
  const { order, shelves } = shelve(items);
  const itemsOn = ({ from, to }: Shelf): readonly TextToSqlItem[] =>
    Array.from(order.subarray(from, to), (position) => items[position] as TextToSqlItem);

  return {
    ...(notes && { notes }),
    size: items.length,
    count: (db) => sizeOf(shelves.get(db) ?? EMPTY),
    of: (db) => itemsOn(shelves.get(db) ?? EMPTY),
    nearest(question, db, k, skip) {
      const shelf = shelves.get(db) ?? EMPTY;
      if (sizeOf(shelf) === 0) return [];
      const scores = new Float64Array(sizeOf(shelf));
      const { features, norm } = weigh(question, postings);
      for (const { posting, weight, weightIn } of features) {
        const [first, last] = entriesOn(shelf, posting);
        for (let entry = first; entry < last; entry++) {
          const place = posting.places[entry] as number;
          const known = weightIn(posting.counts[entry] as number);
          const score = place - shelf.from;
          scores[score] =
            (scores[score] as number) + weight * (known / (postings.norms[place] as number));
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
      if (sizeOf(shelf) === 0) return { count: 0, share: 0 };
      const kind = itemsOn(shelf).map(isOfKind);
      const shares = phrasesOf(words(question)).map((phrase) => {
        const posting = postings.phrase(phrase);
        if (!posting) return 0;
        const [first, last] = entriesOn(shelf, posting);
        if (last - first < FEWEST) return 0;
        const those = posting.places
          .subarray(first, last)
          .filter((place) => kind[place - shelf.from]);
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

/** Two questions with the same key are the same question: in the same words, with the same telling signs. */
export function questionKey(question: string): string {
  const text = question.normalize('NFKC');
  const signs = tellingSigns(text);
  const parts = [...signs, undefined].flatMap((sign, at) => [
    ...words(text.slice(signs[at - 1]?.to ?? 0, sign?.from)),
    ...(sign === undefined ? [] : [sign.sign]),
  ]);
  return parts.join(' ');
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

/** Those of a posting that are on a shelf: from the first to before the last. */
function entriesOn({ from, to }: Shelf, { places }: Posting): [number, number] {
  return [firstNotBelow(places, from), firstNotBelow(places, to)];
}

/** The first index whose place is not below the one given; the length where there is none. */
function firstNotBelow(places: Int32Array, place: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
