/**
 * Known questions by their features: which questions have a feature, and how often. A feature weighs
 * tf · idf, tf = 1 + ln(count), idf = ln((N + 1) / (df + 1)) + 1, a run of characters half of it.
 */
import {
  type FeatureCounts,
  FeatureNumbers,
  featuresOf,
  type NumberedFeatures,
} from './question-features.ts';

/** The questions that have a feature. */
export interface Posting {
  /** Their places, rising. */
  readonly places: Int32Array;
  /** How often each has it. */
  readonly counts: Uint16Array;
}

/** In memory or in a file. */
export interface Postings {
  /** Length of each question's vector of weights, by place: [N]. */
  readonly norms: Float64Array;
  /** Of a word or a pair of words; undefined: no question has it. */
  phrase(text: string): Posting | undefined;
  /** Of a run of characters. */
  run(text: string): Posting | undefined;
}

/** All postings there are, for whoever keeps them. */
export interface HeldPostings extends Postings {
  readonly phrases: Iterable<[text: string, posting: Posting]>;
  readonly runs: Iterable<[text: string, posting: Posting]>;
}

const OF_A_PHRASE = 1;
const OF_A_RUN = 0.5;
/** Questions that are read in one go: some milliseconds. */
const PIECE = 100;

/** Pauses after each piece of the work. @param questions by place */
export function* gatherPostings(questions: readonly string[]): Generator<undefined, HeldPostings> {
  const numbers = new FeatureNumbers();
  const vectors: NumberedFeatures[] = [];
  const frequency: number[] = [];
  let entries = 0;
  for (const question of questions) {
    const vector = numbers.add(question);
    for (const feature of vector.features) frequency[feature] = (frequency[feature] ?? 0) + 1;
    entries += vector.features.length;
    if (vectors.push(vector) % PIECE === 0) yield;
  }
  const rarities = Float64Array.from(frequency, (known) => rarity(questions.length, known));

  // Those of all features in a row.
  const starts = startsOf(frequency);
  const ends = starts.slice(0, -1);
  const places = new Int32Array(entries);
  const counts = new Uint16Array(entries);
  const norms = new Float64Array(questions.length);
  for (const [place, vector] of vectors.entries()) {
    const weights = new Float64Array(vector.features.length);
    for (const [at, feature] of vector.features.entries()) {
      const count = vector.counts[at] as number;
      const entry = ends[feature] as number;
      ends[feature] = entry + 1;
      places[entry] = place;
      counts[entry] = count;
      const factor = at < vector.phrases ? OF_A_PHRASE : OF_A_RUN;
      weights[at] = weightOf(count, rarities[feature] as number, factor);
    }
    norms[place] = lengthOf(weights);
    if ((place + 1) % PIECE === 0) yield;
  }
  const postingOf = (feature: number | undefined): Posting | undefined => {
    if (feature === undefined) return undefined;
    const [from, to] = [starts[feature], starts[feature + 1]];
    return { places: places.subarray(from, to), counts: counts.subarray(from, to) };
  };
  function* all(features: ReadonlyMap<string, number>): Generator<[string, Posting]> {
    for (const [text, feature] of features) yield [text, postingOf(feature) as Posting];
  }
  return {
    norms,
    phrase: (text) => postingOf(numbers.phrases.get(text)),
    run: (text) => postingOf(numbers.runs.get(text)),
    phrases: { [Symbol.iterator]: () => all(numbers.phrases) },
    runs: { [Symbol.iterator]: () => all(numbers.runs) },
  };
}

/** A feature of a question that is asked, and the known questions that have it. */
interface AskedFeature {
  readonly posting: Posting;
  /** In the asked question. */
  readonly weight: number;
  /** In a known one that has it so many times. */
  weightIn(count: number): number;
}

/** A question that is asked: those of its features that known ones have, and its vector's length. */
export function weigh(
  question: string,
  postings: Postings,
): { readonly features: readonly AskedFeature[]; readonly norm: number } {
  const all = postings.norms.length;
  const { phrases, runs }: FeatureCounts = featuresOf(question);
  const features: AskedFeature[] = [];
  const weights: number[] = [];
  const add = (count: number, posting: Posting | undefined, factor: number) => {
    const rare = rarity(all, posting?.places.length ?? 0);
    const weight = weightOf(count, rare, factor);
    weights.push(weight);
    if (!posting) return;
    features.push({ posting, weight, weightIn: (known) => weightOf(known, rare, factor) });
  };
  for (const [text, count] of phrases) add(count, postings.phrase(text), OF_A_PHRASE);
  for (const [text, count] of runs) add(count, postings.run(text), OF_A_RUN);
  return { features, norm: lengthOf(Float64Array.from(weights)) };
}

function weightOf(count: number, rare: number, factor: number): number {
  return (count === 1 ? 1 : 1 + Math.log(count)) * rare * factor;
}

/** idf of a feature that so many of all questions have. */
function rarity(all: number, known: number): number {
  return Math.log((all + 1) / (known + 1)) + 1;
}

/** 1 where there are no features. */
function lengthOf(weights: Float64Array): number {
  return Math.hypot(...weights) || 1;
}

/** Where each of several lists begins when they stand in a row, and where the last one ends. */
function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  for (const [at, length] of lengths.entries()) starts[at + 1] = (starts[at] ?? 0) + length;
  return starts;
}
