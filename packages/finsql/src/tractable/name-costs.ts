/** What a name costs that is said in full, in other words, or in part. */
export const COST = {
  full: 0,
  /** In full, in the other language. */
  translated: 0.2,
  /** By what is done, in Chinese; by that it is done or not. */
  done: 0.25,
  verb: 0.5,
  synonym: 1,
  onlyPart: 1,
  key: 2,
  part: 3,
} as const;

/** A way to say a name, with what it costs. */
export type Named = readonly [text: string, cost: number];
