/**
 * Nearest questions of the same database: cosine of TF-IDF vectors over words, pairs of words
 * and runs of four characters (half weight), tf = 1 + ln(count), idf = ln((N + 1) / (df + 1)) + 1.
 */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
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
  /** Whether there are items of that database. */
  knows(db: string): boolean;
  /** Up to `k` nearest items of that database, best first; `skip` leaves items out. */
  nearest(
    question: string,
    db: string,
    k: number,
    skip?: (item: TextToSqlItem, index: number) => boolean,
  ): Neighbour[];
}

interface Posting {
  readonly index: number;
  readonly weight: number;
}

/** Indexes the questions of a set, for instance the training questions. */
export function buildExemplarIndex(items: readonly TextToSqlItem[]): ExemplarIndex {
  const vectors = items.map((item) => features(item.question));
  const frequency = new Map<string, number>();
  for (const vector of vectors) {
    for (const feature of vector.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
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

  const postings = new Map<string, Map<string, Posting[]>>();
  for (const [index, vector] of vectors.entries()) {
    const db = items[index]?.db ?? '';
    const byFeature = postings.get(db) ?? new Map<string, Posting[]>();
    postings.set(db, byFeature);
    const { entries, norm } = weighted(vector);
    for (const [feature, value] of entries) {
      const list = byFeature.get(feature) ?? [];
      list.push({ index, weight: value / norm });
      byFeature.set(feature, list);
    }
  }

  return {
    size: items.length,
    knows: (db) => postings.has(db),
    nearest(question, db, k, skip) {
      const byFeature = postings.get(db);
      if (byFeature === undefined) return [];
      const scores = new Map<number, number>();
      const { entries, norm } = weighted(features(question));
      for (const [feature, value] of entries) {
        for (const posting of byFeature.get(feature) ?? []) {
          scores.set(posting.index, (scores.get(posting.index) ?? 0) + value * posting.weight);
        }
      }
      const neighbours: Neighbour[] = [];
      for (const [index, score] of [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
        const item = items[index];
        if (item === undefined || skip?.(item, index) === true) continue;
        neighbours.push({ item, index, similarity: score / norm });
        if (neighbours.length === k) break;
      }
      return neighbours;
    },
  };
}

/** Two questions with the same key are the same question. */
export function questionKey(question: string): string {
  return words(question).join(' ');
}

function features(question: string): Map<string, number> {
  const list = words(question);
  const all = [...list];
  for (let i = 0; i + 1 < list.length; i++) all.push(`${list[i]}_${list[i + 1]}`);
  const text = ` ${list.join(' ')} `;
  for (let i = 0; i + 4 <= text.length; i++) all.push(`#${text.slice(i, i + 4)}`);
  const counts = new Map<string, number>();
  for (const feature of all) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}
