import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { fitIntervals, halfWidthAt } from './intervals.ts';

/** Quantities that are missed by a tenth of what is predicted, on average. */
function sales(rows: number, seed: number): [Float64Array, Float64Array] {
  const random = seededRandom(seed);
  const predicted = Float64Array.from({ length: rows }, () => 100 + 900 * random.next());
  return [predicted, predicted.map((value) => value * (1 + 0.1 * random.normal()))];
}

describe('intervals', () => {
  it('hold nine in ten rows among small predictions and among large ones', () => {
    const bands = fitIntervals(...sales(2000, 1));
    expect(bands).toHaveLength(5);
    const [predicted, values] = sales(20_000, 2);
    for (const [from, to] of [
      [100, 280],
      [280, 640],
      [820, 1000],
    ] as const) {
      const rows = [...predicted.keys()].filter(
        (row) => (predicted[row] as number) >= from && (predicted[row] as number) < to,
      );
      const inside = rows.filter((row) => {
        const value = predicted[row] as number;
        return Math.abs(value - (values[row] as number)) <= (halfWidthAt(bands, value) as number);
      });
      expect(inside.length / rows.length).toBeGreaterThan(0.85);
      expect(inside.length / rows.length).toBeLessThan(0.96);
    }
  });

  it('are of one width with few rows, and none with fewer', () => {
    expect(fitIntervals(...sales(99, 3))).toMatchObject([{ upTo: null }]);
    expect(fitIntervals(...sales(100, 3))).toHaveLength(2);
    expect(fitIntervals(...sales(19, 3))).toEqual([]);
    expect(halfWidthAt([], 5)).toBeNull();
  });

  it('are as wide as the error that one in ten is above', () => {
    const errors = Float64Array.from({ length: 20 }, (_, i) => i + 1);
    const [band] = fitIntervals(new Float64Array(20), errors);
    expect(band?.halfWidth).toBe(19); // ⌈0.9 · 21⌉
  });
});
