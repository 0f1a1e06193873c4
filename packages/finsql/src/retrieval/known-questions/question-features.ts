/** What questions are compared by: words, pairs of words, and runs of four characters. */
import { words } from '../words.ts';

/** How often a question has each of its features, in the order in which they come. */
export interface FeatureCounts {
  /** Words and pairs of words. */
  readonly phrases: ReadonlyMap<string, number>;
  /** Runs of characters. */
  readonly runs: ReadonlyMap<string, number>;
}

/** Characters of a run. */
const RUN = 4;
/** What a count has room for. */
const MOST_COUNTED = 65_535;

export function featuresOf(question: string): FeatureCounts {
  const list = words(question);
  return { phrases: countsOf(phrasesOf(list)), runs: countsOf(runsOf(list)) };
}

function countsOf(features: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

/** The words and the pairs of words. */
export function phrasesOf(list: readonly string[]): string[] {
  return [...list, ...list.slice(1).map((word, i) => `${list[i]}_${word}`)];
}

function runsOf(list: readonly string[]): string[] {
  const text = ` ${list.join(' ')} `;
  const runs: string[] = [];
  for (let at = 0; at + RUN <= text.length; at++) runs.push(text.slice(at, at + RUN));
  return runs;
}

/** The same by numbers: phrases first, each feature once. */
export interface NumberedFeatures {
  readonly features: Int32Array;
  /** How often the question has each. */
  readonly counts: Uint16Array;
  /** How many of them are phrases. */
  readonly phrases: number;
}

/** Numbers of features from 0 on, in the order in which questions bring them. */
export class FeatureNumbers {
  // Apart, so that nothing has to be joined to tell them apart: most of the time goes into looking them up.
  readonly phrases = new Map<string, number>();
  readonly runs = new Map<string, number>();
  /** Counts by number; all 0 between two questions. */
  #counts = new Uint16Array(1024);

  /** How many features have numbers. */
  get size(): number {
    return this.phrases.size + this.runs.size;
  }

  /** A question's features; those that are new get the next numbers. */
  add(question: string): NumberedFeatures {
    const list = words(question);
    const phrases = phrasesOf(list);
    const runs = runsOf(list);
    const found: number[] = [];
    const room = this.size + phrases.length + runs.length;
    if (room > this.#counts.length) this.#counts = new Uint16Array(2 * room);
    const counts = this.#counts;
    const count = (feature: string, numbers: Map<string, number>) => {
      const known = numbers.get(feature);
      const number = known ?? this.size;
      if (known === undefined) numbers.set(feature, number);
      const before = counts[number] as number;
      if (before === 0) found.push(number);
      counts[number] = Math.min(before + 1, MOST_COUNTED);
    };
    for (const phrase of phrases) count(phrase, this.phrases);
    const first = found.length;
    for (const run of runs) count(run, this.runs);
    const features = new Int32Array(found);
    const own = Uint16Array.from(features, (number) => counts[number] as number);
    for (const number of found) counts[number] = 0;
    return { features, counts: own, phrases: first };
  }
}
