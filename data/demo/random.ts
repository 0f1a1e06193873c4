/** Seeded random numbers: mulberry32 (32-bit state, public domain) behind named, independent streams. */

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform whole number in [low, high]. */
  integer(low: number, high: number): number;
  /** Normal deviate, by Box and Muller's transform. */
  normal(mean?: number, deviation?: number): number;
  /** Log-normal deviate with the given median; `sigma` is the deviation of the logarithm. */
  logNormal(median: number, sigma: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Picks with probability proportional to the weights. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** `count` different items in random order. */
  sample<T>(items: readonly T[], count: number): T[];
}

/** FNV-1a, so that each stream name starts the generator elsewhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** A stream of random numbers that depends on the seed and the name of the stream only. */
export function createRandom(seed: number, stream: string): Random {
  let state = hash(`${seed}:${stream}`);
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (low: number, high: number): number =>
    low + Math.floor(uniform() * (high - low + 1));
  const normal = (mean = 0, deviation = 1): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * uniform());
  };
  return {
    uniform,
    integer,
    normal,
    logNormal: (median, sigma) => median * Math.exp(normal(0, sigma)),
    chance: (probability) => uniform() < probability,
    pick: (items) => at(items, integer(0, items.length - 1)),
    weighted: (items) => {
      let left = uniform() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return at(items, items.length - 1)[0];
    },
    sample: (items, count) => {
      const pool = [...items];
      for (let i = 0; i < count; i++) {
        const j = integer(i, pool.length - 1);
        const picked = at(pool, j);
        pool[j] = at(pool, i);
        pool[i] = picked;
      }
      return pool.slice(0, count);
    },
  };
}

/** The item at an index that is known to exist. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  if (index < 0 || index >= items.length) {
    throw new RangeError(`index ${index} is outside 0..${items.length - 1}`);
  }
  return items[index] as T;
}

/** Rounds to a number of decimals, the way figures are published. */
export function round(value: number, decimals = 2): number {
  return Number(value.toFixed(decimals));
}
