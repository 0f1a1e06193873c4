/**
 * What every gradient-free algorithm is: a generator that yields the point to try next and is sent
 * its value. Points are in standardised coordinates z (the start is 0, a typical step has length 1),
 * so that an algorithm knows neither bounds nor budgets; it never ends by itself.
 */
import type { Random } from '../tensors/random.ts';

/** Yields points z[dimension]; `next(value)` answers the last one. Values are finite. */
export type Search = Generator<Float64Array, never, number>;

/** Begins a search from z = 0. */
export type Algorithm = (dimension: number, random: Random) => Search;
