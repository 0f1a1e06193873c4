import { describe, expect, it } from 'vitest';
import { fitRankScores, normalQuantile, rankScore } from './rank-scores.ts';

describe('normalQuantile', () => {
  // Φ⁻¹ to six digits, from tables of the normal distribution.
  it.each([
    [0.5, 0],
    [0.975, 1.959964],
    [0.01, -2.326348],
    [0.9999, 3.719016],
  ])('%d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 6);
  });
});

describe('rankScore', () => {
  const skewed = Array.from({ length: 1001 }, (_, i) => Math.exp(i / 100));

  it('makes a skewed column normal', () => {
    const fitted = fitRankScores(skewed);
    expect(fitted.values.length).toBeLessThanOrEqual(130);
    expect(rankScore(fitted, skewed[500] as number)).toBeCloseTo(0, 2);
    expect(rankScore(fitted, skewed[841] as number)).toBeCloseTo(1, 1);
    const scores = skewed.map((value) => rankScore(fitted, value));
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
  });

  it('gives equal values the middle of their ranks, and knows no more than it has seen', () => {
    const fitted = fitRankScores([0, 0, 0, 0, 0, 0, 5, 9]);
    expect(rankScore(fitted, 0)).toBeCloseTo(normalQuantile(3 / 8), 9);
    expect(rankScore(fitted, -100)).toBe(rankScore(fitted, 0));
    expect(rankScore(fitted, 1e9)).toBe(rankScore(fitted, 9));
    expect(rankScore(fitRankScores([]), 3)).toBe(0);
    expect(rankScore(fitRankScores([7, 7]), 3)).toBe(0);
  });
});
