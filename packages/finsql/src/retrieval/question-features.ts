/** What questions are compared by: words, pairs of words, and runs of four characters, each with a number. */
import { words } from './words.ts';

/** The features of a question, each once, in the order in which they come; runs of characters last. */
export interface FeatureVector {
  readonly features: Int32Array;
  /** How often the question has each. */
  readonly counts: Int32Array;
  /** How many of them are words and pairs of words. */
  readonly phrases: number;
}

/** Gives the next number to a feature that has none. */
type NumberNew = (feature: string, numbers: Map<string, number>) => number;

/** Characters of a run. */
const RUN = 4;

/** Numbers of features from 0 on, in the order in which questions bring them. */
export class FeatureNumbers {
  // Apart, so that nothing has to be joined to tell them apart: most of the time goes into looking them up.
  readonly #phrases = new Map<string, number>();
  readonly #runs = new Map<string, number>();
  /** Counts by number; all 0 between two questions. */
  #counts = new Int32Array(1024);

  /** How many features have numbers. */
  get size(): number {
    return this.#phrases.size + this.#runs.size;
  }

  /** A question's features; those that are new get the next numbers. */
  add(question: string): FeatureVector {
    return this.#vector(question, (feature, numbers) => {
      const number = this.size;
      numbers.set(feature, number);
      return number;
    });
  }

  /** A question's features; those that are new get numbers from `size` on, for this question alone. */
  of(question: string): FeatureVector {
    const phrases = new Map<string, number>();
    const runs = new Map<string, number>();
    return this.#vector(question, (feature, numbers) => {
      const own = numbers === this.#phrases ? phrases : runs;
      const number = own.get(feature) ?? this.size + phrases.size + runs.size;
      own.set(feature, number);
      return number;
    });
  }

  /** The number of a word, or of a pair of words; undefined: no question has it. */
  ofPhrase(phrase: string): number | undefined {
    return this.#phrases.get(phrase);
  }

  #vector(question: string, numberNew: NumberNew): FeatureVector {
    const list = words(question);
    const text = ` ${list.join(' ')} `;
    const found: number[] = [];
    const most = this.size + 2 * list.length + text.length;
    if (most > this.#counts.length) this.#counts = new Int32Array(2 * most);
    const counts = this.#counts;
    const count = (feature: string, numbers: Map<string, number>) => {
      const number = numbers.get(feature) ?? numberNew(feature, numbers);
      const before = counts[number] as number;
      if (before === 0) found.push(number);
      counts[number] = before + 1;
    };
    for (const phrase of phrasesOf(list)) count(phrase, this.#phrases);
    const phrases = found.length;
    for (let at = 0; at + RUN <= text.length; at++) count(text.slice(at, at + RUN), this.#runs);
    const features = new Int32Array(found);
    const own = features.map((number) => counts[number] as number);
    for (const number of found) counts[number] = 0;
    return { features, counts: own, phrases };
  }
}

/** The words and the pairs of words. */
export function phrasesOf(list: readonly string[]): string[] {
  return [...list, ...list.slice(1).map((word, i) => `${list[i]}_${word}`)];
}
