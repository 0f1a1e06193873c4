/**
 * Likeness of texts without a model: cosine of TF-IDF vectors over words, pairs of neighbouring words
 * and, at half weight, runs of four characters, which forgive endings and typing errors.
 * tf = 1 + ln(count), idf = ln((N + 1) / (df + 1)) + 1 over the N texts (Salton & Buckley 1988).
 */
import { words } from './words.ts';

/** A text as its features' weights, of Euclidean length 1; empty for a text without words. */
export type TextVector = ReadonlyMap<string, number>;

export interface TextIndex {
  /** One vector per text, in the order of the texts. */
  readonly vectors: readonly TextVector[];
  /** Any text as a vector with the idf of this index. */
  vector(text: string): TextVector;
}

const RUN = 4;

/** Indexes texts: O(total length). */
export function indexTexts(texts: readonly string[]): TextIndex {
  const counted = texts.map(countFeatures);
  const frequency = new Map<string, number>();
  for (const counts of counted) {
    for (const feature of counts.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  }
  const weigh = (counts: ReadonlyMap<string, number>): TextVector => {
    const weights = new Map<string, number>();
    let squares = 0;
    for (const [feature, count] of counts) {
      const rarity = Math.log((texts.length + 1) / ((frequency.get(feature) ?? 0) + 1)) + 1;
      const weight = (1 + Math.log(count)) * rarity * (feature.startsWith('#') ? 0.5 : 1);
      weights.set(feature, weight);
      squares += weight * weight;
    }
    const length = Math.sqrt(squares);
    for (const [feature, weight] of weights) weights.set(feature, weight / length);
    return weights;
  };
  return { vectors: counted.map(weigh), vector: (text) => weigh(countFeatures(text)) };
}

/** Cosine of two vectors, 0 … 1. */
export function cosine(left: TextVector, right: TextVector): number {
  const [small, large] = left.size <= right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [feature, weight] of small) sum += weight * (large.get(feature) ?? 0);
  return sum;
}

/** How often each word, pair (`a b`) and run of characters (`#abcd`) occurs. */
function countFeatures(text: string): Map<string, number> {
  const list = words(text);
  const counts = new Map<string, number>();
  const add = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  for (const [i, word] of list.entries()) {
    add(word);
    const next = list[i + 1];
    if (next !== undefined) add(`${word} ${next}`);
  }
  const joined = ` ${list.join(' ')} `;
  for (let i = 0; i + RUN <= joined.length; i++) add(`#${joined.slice(i, i + RUN)}`);
  return counts;
}
