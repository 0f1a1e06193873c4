import { describe, expect, it } from 'vitest';
import { shiwa } from './shiwa.ts';

describe('shiwa', () => {
  // What nevergrad 1.0.12 chooses for a bounded array, where this package has the algorithm.
  it.each([
    [3, 40, 1, 'cobyla'],
    [20, 40, 1, 'cobyla'],
    [30, 899, 1, 'cobyla'],
    [31, 40, 1, 'one-plus-one'],
    [20, 600, 1, 'cma-es'],
    [1, 100, 1, 'one-plus-one'],
    [20, 400, 4, 'cma-es'],
    [3000, 100_000, 1, 'differential-evolution'],
    [20, 40, 20, 'differential-evolution'],
  ])('%i dimensions, %i evaluations, %i workers: %s', (dimension, budget, workers, expected) => {
    expect(shiwa({ dimension, budget, workers })).toBe(expected);
  });
});
