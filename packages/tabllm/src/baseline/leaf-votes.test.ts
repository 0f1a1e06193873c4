import { describe, expect, it } from 'vitest';
import { addCounts, classOfLeaf, countVotes, noVotes, sumsAreExact } from './leaf-votes.ts';

describe('votes', () => {
  it('are counted for each row and class, and begin anew', () => {
    const counts = noVotes(2, 5);
    for (let tree = 0; tree < 5; tree++) {
      // Row 0 always votes for class 1, row 33 for class 0 in the first three trees.
      counts.votes.set([0, tree < 3 ? 2 : 0, 0, 0, 1, tree < 3 ? 0 : 2, 0, 0]);
      countVotes(counts);
    }
    const sums = new Float64Array(70);
    addCounts(counts, sums, { from: 1, rows: 34, classes: 2 });
    const filled = [...sums.entries()].filter(([, sum]) => sum !== 0);
    expect(filled).toEqual([
      [3, 5],
      [68, 3],
      [69, 2],
    ]);
    addCounts(counts, sums, { from: 1, rows: 34, classes: 2 });
    expect([...sums.entries()].filter(([, sum]) => sum !== 0)).toEqual(filled);
  });

  it('are what leaves of one class alone hold', () => {
    const leaves = Float32Array.of(0, 1, 0, 0.5, 0.5, 0, 0, 0, 0.5, 1, 1, 0, 1, 0, 0);
    const classes = [0, 3, 6, 9, 12].map((start) => classOfLeaf(leaves, start, 3));
    expect(classes).toEqual([1, -1, -1, -1, 0]);
  });
});

describe('sumsAreExact', () => {
  it('tells whether what leaves hold is summed without rounding', () => {
    expect(sumsAreExact(Float32Array.of(1, 0, 0.1, 0.9), 100)).toBe(true);
    expect(sumsAreExact(Float32Array.of(0, 0), 100)).toBe(true);
    expect(sumsAreExact(Float32Array.of(1, 1e-12), 100)).toBe(false);
    expect(sumsAreExact(Float32Array.of(1, Number.NaN), 100)).toBe(false);
  });
});
