/** Percentile bootstrap (Efron 1979): how far a figure would move with other rows. */
import { seededRandom } from '@quaestor/peft';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * @param figure of the rows with these indices, drawn with replacement; NaN draws are left out
 * @param level share of draws inside; default 0.95
 */
export function bootstrapInterval(
  rows: number,
  figure: (indices: Int32Array) => number,
  { draws = 1000, level = 0.95, seed = 0 } = {},
): Interval {
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = figure(Int32Array.from({ length: rows }, () => random.integer(rows)));
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
