/** Question files that come with the product, as paths from the repository's top folder. */

/** Those with known SQL that guide answers: written by hand, and made from patterns. */
export const DEMO_EXEMPLARS: readonly [string, ...string[]] = [
  'data/demo/questions-train.json',
  'data/demo/questions-written.json',
  'data/demo/questions-generated.json',
  'data/demo/questions-composed.json',
];

/** Those that measure accuracy, which nothing may learn from. */
export const DEMO_HELD_OUT = 'data/demo/questions-dev.json';
