import { expect, it } from 'vitest';
import { coreMoments, moments } from './moments.ts';

it.each<[values: readonly number[], mean: number, sd: number]>([
  [[1, 2, 3, 4], 2.5, Math.sqrt(1.25)],
  [[], 0, 1],
  [[7, 7], 7, 1],
  // One number in two writings.
  [[0.1, 0.1, 0.1], 0.1, 1],
  [[1e200, 3e200], 2e200, 1e200],
  [[1e-200, 3e-200], 2e-200, 1e-200],
])('of %j', (values, mean, sd) => {
  const found = moments(values);
  expect(found.mean / (mean || 1)).toBeCloseTo(mean === 0 ? 0 : 1, 9);
  expect(found.sd / sd).toBeCloseTo(1, 9);
});

it('are numbers of the largest numbers', () => {
  const found = moments([Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE]);
  expect(Object.values(found).every(Number.isFinite)).toBe(true);
});

it('are of the middle where a few numbers lie far out', () => {
  const prices = Array.from({ length: 40 }, (_, i) => i);
  expect(coreMoments(prices, moments(prices))).toBeNull();
  const marked = [...prices, 9_999_999_999];
  expect(coreMoments(marked, moments(marked))?.mean).toBeCloseTo(20, 0);
  const zeros = [...Array(40).fill(0), 1e9];
  expect(coreMoments(zeros, moments(zeros))).toBeNull();
});
