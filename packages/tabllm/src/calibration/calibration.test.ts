import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { logLoss } from '../metrics/probability.ts';
import { applyIsotonic, fitIsotonic } from './isotonic.ts';
import { applyPlatt, fitLikelyPlatt, fitPlatt } from './platt.ts';
import { correctPrior, estimatePrior } from './prior.ts';
import { applyTemperature, fitTemperature } from './temperature.ts';

const scores = [0.9, 0.8, 0.8, 0.7, 0.4, 0.4, 0.35, 0.1, 0.6, 0.2];
const positive = [1, 1, 0, 1, 0, 1, 0, 0, 0, 1].map(Boolean);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe('Platt scaling', () => {
  it('has the values of scikit-learn', () => {
    const odds = scores.map((p) => Math.log(p / (1 - p)));
    const { slope, intercept } = fitPlatt(odds, positive);
    expect(slope).toBeCloseTo(0.357054658, 5);
    expect(intercept).toBeCloseTo(-0.044296952, 5);
    expect(applyPlatt({ slope, intercept }, 1)).toBeCloseTo(sigmoid(0.3127577), 5);
  });

  it('is what was known before where labels say nothing, and what they say where they are many', () => {
    const random = seededRandom(3);
    const prior = { logSlope: { mean: -0.3, sd: 0.2 }, intercept: { mean: 0.1, sd: 0.2 } };
    expect(fitLikelyPlatt([], [], prior)).toEqual({
      slope: expect.closeTo(Math.exp(-0.3), 9),
      intercept: expect.closeTo(0.1, 9),
    });
    const odds = Array.from({ length: 20_000 }, () => 2 * random.normal());
    const labels = odds.map((score) => random.next() < sigmoid(0.4 * score - 1));
    const many = fitLikelyPlatt(odds, labels, prior);
    expect(many.slope).toBeCloseTo(0.4, 1);
    expect(many.intercept).toBeCloseTo(-1, 1);
    const few = fitLikelyPlatt(odds.slice(0, 40), labels.slice(0, 40), prior);
    expect(few.slope).toBeGreaterThan(many.slope);
    expect(few.slope).toBeLessThan(Math.exp(-0.3));
  });

  it('is at the least of its loss', () => {
    const prior = { logSlope: { mean: -0.2, sd: 0.3 }, intercept: { mean: 0, sd: 0.5 } };
    const odds = scores.map((p) => Math.log(p / (1 - p)));
    const lossAt = (slope: number, intercept: number) =>
      odds.reduce((sum, score, i) => {
        const p = applyPlatt({ slope, intercept }, score);
        return sum - Math.log(positive[i] ? p : 1 - p);
      }, 0) +
      (Math.log(slope) + 0.2) ** 2 / 0.18 +
      intercept ** 2 / 0.5;
    const { slope, intercept } = fitLikelyPlatt(odds, positive, prior);
    for (const [more, up] of [
      [1.05, 0],
      [0.95, 0],
      [1, 0.05],
      [1, -0.05],
    ] as const) {
      expect(lossAt(slope * more, intercept + up)).toBeGreaterThan(lossAt(slope, intercept));
    }
  });

  it('keeps the order of rows where labels go against it', () => {
    const prior = { logSlope: { mean: 0, sd: 0.3 }, intercept: { mean: 0, sd: 0.3 } };
    const odds = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 3 : -3));
    const { slope } = fitLikelyPlatt(
      odds,
      odds.map((score) => score < 0),
      prior,
    );
    expect(slope).toBeGreaterThan(0);
    expect(slope).toBeLessThan(0.3);
  });

  it('stays sober when classes part fully', () => {
    const scaling = fitPlatt([-1, 1], [false, true]);
    expect(applyPlatt(scaling, 1)).toBeCloseTo(2 / 3, 3);
  });
});

describe('isotonic regression', () => {
  it('has the values of scikit-learn', () => {
    const steps = fitIsotonic(scores, positive);
    const at = [0.05, 0.1, 0.2, 0.35, 0.4, 0.5, 0.6, 0.75, 0.8, 0.95];
    const expected = [0, 0, 0.4, 0.4, 0.4, 0.4, 0.4, 2 / 3, 2 / 3, 1];
    for (const [i, score] of at.entries()) {
      expect(applyIsotonic(steps, score)).toBeCloseTo(expected[i] as number, 9);
    }
  });
});

describe('isotonic regression of few scores', () => {
  it('takes rows of one score together, in any order', () => {
    // As scikit-learn's IsotonicRegression has it.
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [2, 1, 0],
    ]) {
      const rows = [
        [0, false],
        [1, false],
        [1, true],
      ] as const;
      const asked = order.map((i) => rows[i] as (typeof rows)[number]);
      const steps = fitIsotonic(
        asked.map(([score]) => score),
        asked.map(([, label]) => label),
      );
      expect([0, 1].map((score) => applyIsotonic(steps, score))).toEqual([0, 0.5]);
    }
  });
});

describe('temperature', () => {
  it('is found again, with three classes', () => {
    const random = seededRandom(1);
    const logits = Array.from({ length: 3000 }, () => random.normal());
    const honest = applyTemperature(Float64Array.from(logits, Math.exp), 3, 1);
    const labels = Array.from({ length: 1000 }, (_, i) => {
      let rest = random.next();
      for (let k = 0; k < 2; k++) {
        rest -= honest[3 * i + k] as number;
        if (rest < 0) return k;
      }
      return 2;
    });
    const bold = applyTemperature(honest, 3, 1 / 3);
    const temperature = fitTemperature(bold, labels, 3);
    expect(temperature).toBeGreaterThan(2.5);
    expect(temperature).toBeLessThan(3.6);
    expect(logLoss(applyTemperature(bold, 3, temperature), labels, 3)).toBeLessThan(
      logLoss(bold, labels, 3),
    );
  });
});

describe('prior correction', () => {
  it('is undone by its reverse and changes no order', () => {
    const p = Float64Array.of(0.2, 0.8, 0.7, 0.3);
    const corrected = correctPrior(p, [0.5, 0.5], [0.9, 0.1]);
    expect(corrected[1]).toBeCloseTo(0.08 / (0.18 + 0.08), 12);
    const back = correctPrior(corrected, [0.9, 0.1], [0.5, 0.5]);
    for (const [i, value] of p.entries()) expect(back[i]).toBeCloseTo(value, 12);
  });

  it('finds the share of rows without labels', () => {
    const random = seededRandom(3);
    // Two bell curves whose means lie 2 apart: the log-odds of balanced classes are 2x.
    const rows = Array.from({ length: 4000 }, (_, i) => random.normal() + (i < 400 ? 1 : -1));
    const p = Float64Array.from(rows.flatMap((x) => [1 - sigmoid(2 * x), sigmoid(2 * x)]));
    expect(estimatePrior(p, [0.5, 0.5])[1]).toBeCloseTo(0.1, 1.5);
  });

  it('finds the likeliest share where classes are hard to tell apart', () => {
    const random = seededRandom(5);
    const rows = Array.from({ length: 5000 }, (_, i) => random.normal() + (i < 100 ? 0.25 : -0.25));
    const p = Float64Array.from(rows.flatMap((x) => [1 - sigmoid(x / 2), sigmoid(x / 2)]));
    const likelihood = (share: number) =>
      rows.reduce((sum, _, i) => {
        const [none, one] = [p[2 * i] as number, p[2 * i + 1] as number];
        return sum + Math.log(2 * (share * one + (1 - share) * none));
      }, 0);
    const shares = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
    const best = shares.reduce((a, b) => (likelihood(b) > likelihood(a) ? b : a));
    expect(Math.abs((estimatePrior(p, [0.5, 0.5])[1] as number) - best)).toBeLessThan(0.002);
  });

  it('leaves a class that is not met a share, however small', () => {
    const rows = Array.from({ length: 500 }, () => [1 - 1e-6, 1e-6]);
    const shares = estimatePrior(Float64Array.from(rows.flat()), [0.5, 0.5]);
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
  });
});
