/** Percentile bootstrap (Efron 1979): how far a figure would move with other rows. */
import { seededRandom } from '@quaestor/peft';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

interface BootstrapOptions {
  /** Default 1000. */
  readonly draws?: number;
  /** Share of draws inside; default 0.95. */
  readonly level?: number;
  readonly seed?: number;
}

/** @param figure of the rows with these indices, drawn with replacement; NaN draws are left out */
export function bootstrapInterval(
  rows: number,
  figure: (indices: Int32Array) => number,
  options: BootstrapOptions = {},
): Interval {
  const [interval] = bootstrapIntervals(rows, (indices) => [figure(indices)], options);
  return interval ?? { low: Number.NaN, high: Number.NaN };
}

/** The same for several figures, each of the same draws. */
export function bootstrapIntervals(
  rows: number,
  figures: (indices: Int32Array) => readonly number[],
  { draws = 1000, level = 0.95, seed = 0 }: BootstrapOptions = {},
): Interval[] {
  const random = seededRandom(seed);
  const values: number[][] = [];
  const indices = new Int32Array(rows);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < rows; i++) indices[i] = random.integer(rows);
    for (const [at, value] of figures(indices).entries()) {
      values[at] ??= [];
      if (!Number.isNaN(value)) values[at].push(value);
    }
  }
  return values.map((drawn) => {
    drawn.sort((a, b) => a - b);
    const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))] ?? Number.NaN;
    return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
  });
}
