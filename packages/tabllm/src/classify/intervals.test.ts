import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { bandAt, fitIntervals } from './intervals.ts';

/** Quantities that are missed by a tenth of what is predicted, on average. */
function sales(rows: number, seed: number): [Float64Array, Float64Array] {
  const random = seededRandom(seed);
  const predicted = Float64Array.from({ length: rows }, () => 100 + 900 * random.next());
  return [predicted, predicted.map((value) => value * (1 + 0.1 * random.normal()))];
}

/** Quantities that are above 0, missed by a half or by twice of what is predicted. */
function prices(rows: number, seed: number): [Float64Array, Float64Array] {
  const random = seededRandom(seed);
  const predicted = Float64Array.from({ length: rows }, () => Math.exp(random.normal()));
  return [predicted, predicted.map((value) => value * Math.exp(0.7 * random.normal()))];
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
        return Math.abs(value - (values[row] as number)) <= (bandAt(bands, value)?.above ?? 0);
      });
      expect(inside.length / rows.length).toBeGreaterThan(0.85);
      expect(inside.length / rows.length).toBeLessThan(0.96);
    }
  });

  it('hold the rows of large predictions with few rows, and miss as many above as below', () => {
    const misses = { below: 0, above: 0, ofLargest: 0 };
    const [tables, rows, fresh] = [30, 40, 400];
    for (let seed = 1; seed <= tables; seed++) {
      const bands = fitIntervals(...prices(rows, seed));
      expect(bands).toHaveLength(5);
      const [predicted, values] = prices(fresh, 1000 + seed);
      const large = predicted.toSorted()[0.8 * fresh] as number;
      for (const [row, value] of predicted.entries()) {
        const band = bandAt(bands, value);
        const error = (values[row] as number) - value;
        const [low, high] = [error < -(band?.below ?? 0), error > (band?.above ?? 0)];
        if (low) misses.below++;
        if (high) misses.above++;
        if (value >= large && (low || high)) misses.ofLargest++;
      }
    }
    const all = tables * fresh;
    expect((misses.below + misses.above) / all).toBeCloseTo(0.1, 1);
    expect(misses.below / all).toBeGreaterThan(0.03);
    expect(misses.above / all).toBeLessThan(0.07);
    expect(misses.ofLargest / (0.2 * all)).toBeLessThan(0.22);
  });

  it('grow with few rows as errors do, and are none with fewer', () => {
    const bands = fitIntervals(...sales(99, 3));
    expect(bands).toHaveLength(5);
    const [first, last] = [bands[0], bands[4]];
    expect(last?.above).toBeGreaterThan(2 * (first?.above ?? 0));
    expect(last?.below).toBeGreaterThan(2 * (first?.below ?? 0));
    expect(last?.upTo).toBeNull();
    expect(fitIntervals(...sales(100, 3))).toHaveLength(2);
    expect(fitIntervals(...sales(19, 3))).toEqual([]);
    expect(bandAt([], 5)).toBeNull();
  });

  it('are of one width where errors do not grow: as wide as what one in twenty is beyond', () => {
    const predicted = Float64Array.from({ length: 40 }, (_, row) => row);
    // Each band of eight rows is missed by 1, 2, 3 and 4, above and below.
    const errors = predicted.map((row) => ((row % 4) + 1) * (row % 8 < 4 ? 1 : -1));
    const bands = fitIntervals(
      predicted,
      predicted.map((value, row) => value + (errors[row] as number)),
    );
    for (const { below, above } of bands) {
      expect(below).toBeCloseTo(4, 6);
      expect(above).toBeCloseTo(4, 6);
    }
  });

  it('are of no width where nothing is missed', () => {
    const exact = Float64Array.from({ length: 30 }, (_, row) => row);
    for (const { below, above } of fitIntervals(exact, exact))
      expect([below, above]).toEqual([0, 0]);
  });
});
