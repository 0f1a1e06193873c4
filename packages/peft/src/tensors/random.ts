/** Seeded pseudo-random numbers (mulberry32): the same seed gives the same run on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Integer in [0, bound). */
  integer(bound: number): number;
  /** A shuffled copy (Fisher–Yates). */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** The internal state, for checkpoints. */
  state(): number;
}

/**
 * The seed of a part of what is drawn by a seed: seed·factor + part, modulo 2³². However large the seed, its
 * parts are told apart, which rounding to 53 bits would not do.
 */
export function seedOfPart(seed: number, factor: number, part: number): number {
  return (Math.imul(seed, factor) + part) >>> 0;
}

/** A generator from a 32-bit seed, or from the `state()` of another. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = copy[i] as (typeof copy)[number];
        copy[i] = copy[j] as (typeof copy)[number];
        copy[j] = held;
      }
      return copy;
    },
    state: () => state,
  };
}
