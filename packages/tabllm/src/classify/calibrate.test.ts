import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { logLoss } from '../metrics/probability.ts';
import { calibrate, calibrateInFolds, fitCalibration } from './calibrate.ts';

/** Rows whose probabilities say nothing of their labels: one in so many is of class 1. */
function noise(rows: number, oneIn: number): [Float64Array, Int32Array] {
  const random = seededRandom(5);
  const labels = Int32Array.from({ length: rows }, (_, i) => (i % oneIn === 0 ? 1 : 0));
  const probabilities = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const p = random.next();
    probabilities.set([1 - p, p], 2 * row);
  }
  return [probabilities, labels];
}

describe('fitCalibration', () => {
  it.each([
    [8, 2, 'platt'],
    [999, 2, 'platt'],
    [1000, 10, 'isotonic'],
    [1000, 11, 'platt'],
    [2000, 50, 'platt'],
  ])('of %i rows, one in %i of class 1, is %s', (rows, oneIn, kind) => {
    expect(fitCalibration(...noise(rows, oneIn), 2).kind).toBe(kind);
  });
});

describe('the order of rows', () => {
  it('is not turned around by labels that go against it', () => {
    const labels = Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 0));
    const against = [...labels].flatMap((label) => (label === 1 ? [0.8, 0.2] : [0.2, 0.8]));
    const fitted = fitCalibration(Float64Array.from(against), labels, 2);
    expect(fitted.kind === 'platt' && fitted.slope).toBeGreaterThan(0);
    expect(fitted.kind === 'platt' && fitted.slope).toBeLessThan(0.75);
  });

  it('is kept within an isotonic step', () => {
    const step = { kind: 'isotonic' as const, scores: [-5, 5], probabilities: [0.5, 0.5] };
    const [, low, , high] = calibrate(Float64Array.of(0.6, 0.4, 0.4, 0.6), 2, step);
    expect(low).toBeCloseTo(0.99 * 0.5 + 0.01 * 0.4, 12);
    expect(high).toBeCloseTo(0.99 * 0.5 + 0.01 * 0.6, 12);
  });
});

describe('calibrateInFolds', () => {
  it.each([
    ['isotonic', 1000, 4],
    ['platt', 200, 4],
    ['platt', 20, 4],
  ])('says no more of noise than the shares of the classes do: %s', (kind, rows, oneIn) => {
    const [probabilities, labels] = noise(rows, oneIn);
    const share = 1 / oneIn;
    const shares = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    const fitted = fitCalibration(probabilities, labels, 2);
    expect(fitted.kind).toBe(kind);
    const seen = logLoss(calibrate(probabilities, 2, fitted), labels, 2);
    const apart = calibrateInFolds(probabilities, labels, 2, seededRandom(1));
    const unseen = logLoss(apart, labels, 2);
    expect(unseen).toBeGreaterThan(shares * 0.999);
    expect(seen).toBeLessThan(unseen);
  });

  it('keeps rows in their places, and their probabilities sum to 1', () => {
    const random = seededRandom(2);
    const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3);
    const probabilities = new Float64Array(270);
    for (const [row, label] of labels.entries()) {
      const sure = 0.4 + 0.3 * random.next();
      for (let k = 0; k < 3; k++) probabilities[3 * row + k] = k === label ? sure : (1 - sure) / 2;
    }
    const apart = calibrateInFolds(probabilities, labels, 3, seededRandom(1));
    for (const [row, label] of labels.entries()) {
      const own = [...apart.subarray(3 * row, 3 * row + 3)];
      expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      expect(own.indexOf(Math.max(...own))).toBe(label);
    }
  });
});
