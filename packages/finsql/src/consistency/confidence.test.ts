import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import {
  type Checked,
  type ConfidenceModel,
  confidenceOf,
  crossFitted,
  fitConfidence,
  reliability,
} from './confidence.ts';

/** Answers whose chance of being right is known: 0.05 + 0.9·agreement, halved when repaired. */
function answers(count: number): (Checked & { readonly chance: number })[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const agreement = Math.floor(random.next() * 9) / 8;
    const repaired = random.next() < 0.3;
    const chance = (0.05 + 0.9 * agreement) * (repaired ? 0.5 : 1);
    const evidence = { sureness: -0.3 * random.next(), agreement, repaired };
    return { evidence, correct: random.next() < chance, chance };
  });
}

describe('fitConfidence', () => {
  const seen = answers(2000);
  const model: ConfidenceModel = { voted: fitConfidence(seen) };
  const confidence = (agreement: number, repaired = false): number =>
    confidenceOf(model, { sureness: -0.1, agreement, repaired }) ?? Number.NaN;

  it('finds chances that are there', () => {
    const errors = seen.map(({ evidence, chance }) =>
      Math.abs((confidenceOf(model, evidence) ?? 0) - chance),
    );
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.06);
    expect(confidence(1)).toBeGreaterThan(confidence(0.5));
    expect(confidence(1, true)).toBeLessThan(confidence(1));
  });

  it('has no opinion on a kind of answer that it was not fitted on', () => {
    expect(confidenceOf(model, { sureness: -0.1, agreement: null, repaired: false })).toBeNull();
  });

  it('judges answers about a database of which few questions are known by figures of their own', () => {
    const figures = (intercept: number) => ({
      coefficients: { intercept, sureness: 0, agreement: 0, repaired: 0 },
      questions: 100,
    });
    const evidence = { sureness: -0.1, agreement: null, repaired: false };
    const model: ConfidenceModel = { single: figures(-5), unfamiliar: figures(2) };
    expect(confidenceOf(model, evidence)).toBeCloseTo(1 / (1 + Math.exp(5)));
    expect(confidenceOf(model, { ...evidence, familiar: true })).toBeCloseTo(1 / (1 + Math.exp(5)));
    expect(confidenceOf(model, { ...evidence, familiar: false })).toBeCloseTo(
      1 / (1 + Math.exp(-2)),
    );
    expect(confidenceOf({ single: figures(2) }, { ...evidence, familiar: false })).toBeNull();
  });

  it('judges what is read off by what it cost, of a database of which few questions are known', () => {
    const readings = Array.from({ length: 400 }, (_, i) => ({
      evidence: {
        ...{ sureness: -0.1, agreement: null, repaired: false, familiar: false },
        wordByWord: { agrees: false, cost: i % 4 },
      },
      correct: i % 20 >= 2 * (i % 4),
    }));
    const model: ConfidenceModel = { wordByWord: fitConfidence(readings) };
    const [cheap, dear] = [readings[0], readings[3]].map(
      (one) => one && confidenceOf(model, one.evidence),
    );
    expect(cheap).toBeGreaterThan((dear ?? 1) + 0.1);
    const familiar = { ...(readings[0]?.evidence ?? expect.fail()), familiar: true };
    expect(confidenceOf(model, familiar)).toBeNull();
  });

  it('keeps coefficients finite when the classes separate or nothing varies', () => {
    const apart = Array.from({ length: 40 }, (_, i) => ({
      evidence: { sureness: 0, agreement: i % 2, repaired: false },
      correct: i % 2 === 1,
    }));
    for (const checked of [apart, apart.slice(0, 1), []]) {
      const { coefficients } = fitConfidence(checked);
      expect(Object.values(coefficients).every(Number.isFinite)).toBe(true);
    }
  });

  it('judges each fold by the others', () => {
    const judged = crossFitted(seen);
    expect(judged).toHaveLength(seen.length);
    const { calibrationError, ranking } = reliability(judged);
    expect(calibrationError).toBeLessThan(0.06);
    expect(ranking).toBeGreaterThan(0.75);
  });

  it('lets no fold see itself', () => {
    const few = seen.slice(0, 40);
    const [first] = few;
    const others = { voted: fitConfidence(few.filter((_, at) => at % 5 !== 0)) };
    expect(crossFitted(few)[0]?.confidence).toBe(first && confidenceOf(others, first.evidence));
  });
});

describe('reliability', () => {
  it('measures the distance of confidence and accuracy', () => {
    const figures = reliability([
      { confidence: 0.9, correct: true },
      { confidence: 0.9, correct: false },
      { confidence: 0.2, correct: false },
      { confidence: 1, correct: true },
    ]);
    expect(figures.bins).toEqual([
      { confidence: 0.2, accuracy: 0, answers: 1 },
      { confidence: expect.closeTo(2.8 / 3), accuracy: expect.closeTo(2 / 3), answers: 3 },
    ]);
    expect(figures.calibrationError).toBeCloseTo((0.2 + 3 * (0.8 / 3)) / 4);
    expect(figures.brier).toBeCloseTo((0.01 + 0.81 + 0.04) / 4);
    expect(figures.ranking).toBeCloseTo((0.5 + 1 + 1 + 1) / 4);
  });

  it('ranks as a comparison of every right answer with every wrong one does', () => {
    const random = seededRandom(8);
    const judged = Array.from({ length: 300 }, () => {
      const confidence = Math.floor(random.next() * 12) / 12;
      return { confidence, correct: random.next() < confidence };
    });
    const right = judged.filter(({ correct }) => correct);
    const wrong = judged.filter(({ correct }) => !correct);
    let wins = 0;
    for (const r of right) {
      for (const w of wrong) {
        wins += r.confidence > w.confidence ? 1 : r.confidence === w.confidence ? 0.5 : 0;
      }
    }
    expect(reliability(judged).ranking).toBe(wins / (right.length * wrong.length));
  });

  it('ranks more answers than there is room for their pairs', () => {
    const many = Array.from({ length: 40_000 }, (_, i) => ({
      confidence: (i % 1000) / 1000,
      correct: i % 2 === 0,
    }));
    expect(reliability(many).ranking).toBeCloseTo(0.499, 3);
  });

  it('has no ranking where all answers are of one kind', () => {
    expect(reliability([{ confidence: 0.5, correct: true }]).ranking).toBeNull();
    expect(reliability([]).bins).toEqual([]);
  });
});
