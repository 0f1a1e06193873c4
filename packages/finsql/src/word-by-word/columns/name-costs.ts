/** Names as they are said, with what they cost. */
import type { Meaning } from '../model/phrase.ts';

/** What a name costs that is said in full, in other words, or in part. */
export const COST = {
  full: 0,
  /** In full, in the other language. */
  translated: 0.2,
  /** Called as its table is. */
  asTable: 0.1,
  /** By what is done, in Chinese; by that it is done or not. */
  done: 0.25,
  verb: 0.5,
  /** By the last word of it: 产品 for 理财产品. */
  head: 0.5,
  synonym: 1,
  onlyPart: 1,
  key: 2,
  part: 3,
} as const;

/** A way to say a name, with what it costs. */
export type Named = readonly [text: string, cost: number];

/** A text that means something of a schema. */
export interface Naming {
  readonly text: string;
  readonly meaning: Meaning;
  /** Whether it is another word for the name itself, which counts only where nothing is called so. */
  readonly isSynonym: boolean;
}

/** @param nameCost of the name alone, where the meaning costs more */
export function naming(text: string, meaning: Meaning, nameCost: number = meaning.cost): Naming {
  return { text, meaning, isSynonym: nameCost === COST.synonym };
}
