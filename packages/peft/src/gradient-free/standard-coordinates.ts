/**
 * Standardised coordinates as nevergrad has them: w = initial + σ·z with σ = (upper − lower)/6, so
 * that the bounds lie about 3 from the middle; σ = 1 without bounds. A point beyond a bound bounces
 * back from it, once, and stops at the other.
 */
import { PeftError } from '../errors.ts';
import type { Translated } from '../translated.ts';

/** Where to search: numbers count for every coordinate. */
export interface SearchSpace {
  readonly dimension: number;
  /** Given together with `upper`, or not at all. */
  readonly lower?: number | readonly number[];
  readonly upper?: number | readonly number[];
  /** The first point tried; default the middle of the bounds, or 0. */
  readonly initial?: readonly number[];
}

/** The function from z to w. @throws PeftError 'bad-config' with every problem of the space */
export function standardCoordinates(space: SearchSpace): (z: Float64Array) => number[] {
  const { dimension } = space;
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new PeftError('bad-config', {
      en: `a search needs 1 or more dimensions, got ${dimension}`,
      zh: `搜索至少需要 1 维，实际为 ${dimension}`,
    });
  }
  const bounded = space.lower !== undefined && space.upper !== undefined;
  const lower = filled(space.lower ?? Number.NEGATIVE_INFINITY, dimension);
  const upper = filled(space.upper ?? Number.POSITIVE_INFINITY, dimension);
  const initial = space.initial ?? lower.map((low, i) => (bounded ? (low + at(upper, i)) / 2 : 0));
  expectSpace(space, lower, upper, initial);
  return (z) =>
    Array.from(z, (value, i) => {
      const [low, high] = [at(lower, i), at(upper, i)];
      const wanted = at(initial, i) + (bounded ? (high - low) / 6 : 1) * value;
      const inside = clamp(wanted, low, high);
      return clamp(2 * inside - wanted, low, high);
    });
}

function expectSpace(
  { dimension, lower, upper }: SearchSpace,
  lowest: readonly number[],
  highest: readonly number[],
  initial: readonly number[],
): void {
  const problems: Translated[] = [];
  if ((lower === undefined) !== (upper === undefined)) {
    problems.push({
      en: 'lower and upper: expected both or neither',
      zh: 'lower 和 upper：应同时给出，或都不给出',
    });
  }
  for (const [name, values] of Object.entries({ lower: lowest, upper: highest, initial })) {
    if (values.length !== dimension) {
      problems.push({
        en: `${name}: expected ${dimension} numbers, got ${values.length}`,
        zh: `${name}：应有 ${dimension} 个数，实际有 ${values.length} 个`,
      });
    }
  }
  if (problems.length === 0) {
    for (let i = 0; i < dimension; i++) {
      const [low, high, first] = [at(lowest, i), at(highest, i), at(initial, i)];
      if (!(low < high)) {
        problems.push({
          en: `coordinate ${i}: lower ${low} is not below upper ${high}`,
          zh: `坐标 ${i}：下界 ${low} 不小于上界 ${high}`,
        });
      } else if (!(low <= first && first <= high)) {
        problems.push({
          en: `coordinate ${i}: initial ${first} is not within ${low} and ${high}`,
          zh: `坐标 ${i}：初始值 ${first} 不在 ${low} 和 ${high} 之间`,
        });
      }
    }
  }
  if (problems.length > 0) {
    throw new PeftError(
      'bad-config',
      { en: 'the search space is malformed', zh: '搜索空间有误' },
      { problems },
    );
  }
}

function filled(value: number | readonly number[], dimension: number): readonly number[] {
  return typeof value === 'number' ? new Array<number>(dimension).fill(value) : value;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function at(values: readonly number[], i: number): number {
  return values[i] as number;
}
