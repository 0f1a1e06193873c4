import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { classWeightsOf } from './class-weights.ts';
import { confusion } from './confusion.ts';
import { decidedClasses, NEVER_SAID } from './decided-classes.ts';
import { brierScore, expectedCalibrationError, logLoss, reliability } from './probability.ts';
import { areaUnderRoc, averagePrecision, macroOneVsRest } from './ranking.ts';
import { classificationReport, type FigureName } from './report.ts';
import { chooseThreshold } from './threshold.ts';

// Values of scikit-learn 1.x
const scores = [0.9, 0.8, 0.8, 0.7, 0.4, 0.4, 0.35, 0.1, 0.6, 0.2];
const positive = [1, 1, 0, 1, 0, 1, 0, 0, 0, 1].map(Boolean);
const two = Float64Array.from(scores.flatMap((p) => [1 - p, p]));
const three = Float64Array.of(
  ...[0.7, 0.2, 0.1],
  ...[0.1, 0.6, 0.3],
  ...[0.2, 0.5, 0.3],
  ...[0.3, 0.3, 0.4],
  ...[0.05, 0.05, 0.9],
  ...[0.4, 0.35, 0.25],
  ...[0.2, 0.2, 0.6],
);
const labels = Int32Array.of(0, 1, 2, 2, 2, 1, 0);

describe('ranking', () => {
  it('has the values of scikit-learn, ties included', () => {
    expect(areaUnderRoc(scores, positive)).toBeCloseTo(0.68, 10);
    expect(averagePrecision(scores, positive)).toBeCloseTo(0.7087301587, 9);
    expect(macroOneVsRest(areaUnderRoc, three, labels, 3)).toBeCloseTo(0.8138888889, 9);
    expect(macroOneVsRest(averagePrecision, three, labels, 3)).toBeCloseTo(0.762962963, 9);
    expect(macroOneVsRest(areaUnderRoc, two, positive.map(Number), 2)).toBeCloseTo(0.68, 10);
  });

  it('is ½ for equal scores and NaN without both kinds', () => {
    expect(areaUnderRoc([1, 1, 1], [true, false, true])).toBe(0.5);
    expect(areaUnderRoc([1, 2], [true, true])).toBeNaN();
  });

  it('is NaN where a score is, or where there are fewer scores than rows', () => {
    for (const is of [true, false]) {
      for (const given of [[Number.NaN, 0.9, 0.3], [Number.NaN]]) {
        expect(areaUnderRoc(given, [is, false, true])).toBeNaN();
        expect(averagePrecision(given, [is, false, true])).toBeNaN();
      }
    }
    const unknown = Float64Array.of(Number.NaN, Number.NaN, 0.5, 0.5);
    const { figures } = classificationReport(unknown, Int32Array.of(0, 1), 2, { draws: 5 });
    for (const name of ['auc', 'prAuc', 'logLoss', 'brier', 'ece'] as const) {
      expect(figures[name].value).toBeNaN();
    }
    expect(chooseThreshold([Number.NaN, 1], [true, false], { by: 'f1' }).threshold).toBeNaN();
  });
});

describe('probabilities', () => {
  it('have the scores of scikit-learn', () => {
    expect(logLoss(three, labels, 3)).toBeCloseTo(0.8217692366, 9);
    expect(brierScore(three, labels, 3)).toBeCloseTo(0.4885714286, 9);
    expect(brierScore(two, positive.map(Number), 2)).toBeCloseTo(0.24325, 9);
  });

  it('are counted by confidence', () => {
    const bins = reliability(Float64Array.of(0.25, 0.75, 0.25, 0.75, 0.05, 0.95), [1, 0, 1], 2);
    expect(bins).toMatchObject([
      { from: 0.7, to: 0.8, rows: 2, confidence: 0.75, accuracy: 0.5 },
      { from: 0.9, to: 1, rows: 1, confidence: 0.95, accuracy: 1 },
    ]);
    expect(expectedCalibrationError(bins)).toBeCloseTo((2 / 3) * 0.25 + (1 / 3) * 0.05, 10);
  });
});

describe('confusion', () => {
  it('has the figures of scikit-learn', () => {
    const figures = confusion([0, 1, 1, 2, 2, 0, 2], labels, 3);
    expect(figures.counts).toEqual([
      [1, 0, 1],
      [1, 1, 0],
      [0, 1, 2],
    ]);
    expect(figures.balancedAccuracy).toBeCloseTo(0.5555555556, 9);
    expect(figures.macroF1).toBeCloseTo(0.5555555556, 9);
    expect(figures.matthews).toBeCloseTo(0.34375, 10);
  });

  it('counts a class that is predicted and does not occur as one without any hit', () => {
    expect(confusion([1, 0], [0, 0], 2)).toMatchObject({
      macroF1: expect.closeTo(1 / 3, 12),
      balancedAccuracy: 0.5,
    });
  });

  it('leaves out classes that do not occur', () => {
    expect(confusion([0, 0], [0, 0], 3)).toMatchObject({
      balancedAccuracy: 1,
      macroF1: 1,
      matthews: 0,
    });
  });
});

describe('thresholds', () => {
  it('are best among all', () => {
    const random = seededRandom(4);
    const some = Array.from({ length: 60 }, () => Math.round(random.next() * 20) / 20);
    const yes = some.map((score) => random.next() < score);
    const count = (threshold: number) => {
      const taken = some.map((score) => score >= threshold);
      const hits = taken.filter((take, i) => take && yes[i]).length;
      const alarms = taken.filter((take, i) => take && !yes[i]).length;
      const positives = yes.filter(Boolean).length;
      return { hits, alarms, positives, negatives: yes.length - positives };
    };
    const every = [...new Set(some), 2].map(count);
    const f1 = chooseThreshold(some, yes, { by: 'f1' });
    const f1Of = ({ hits, alarms, positives }: ReturnType<typeof count>) =>
      (2 * hits) / (hits + alarms + positives);
    expect(f1.value).toBeCloseTo(Math.max(...every.map(f1Of)), 12);
    expect(f1Of(count(f1.threshold))).toBeCloseTo(f1.value, 12);
    const youden = chooseThreshold(some, yes, { by: 'youden' });
    const youdenOf = ({ hits, alarms, positives, negatives }: ReturnType<typeof count>) =>
      hits / positives - alarms / negatives;
    expect(youdenOf(count(youden.threshold))).toBeCloseTo(Math.max(...every.map(youdenOf)), 12);
    const cost = chooseThreshold(some, yes, { by: 'cost', falsePositive: 1, falseNegative: 5 });
    const costOf = ({ hits, alarms, positives }: ReturnType<typeof count>) =>
      (alarms + 5 * (positives - hits)) / yes.length;
    expect(costOf(count(cost.threshold))).toBeCloseTo(Math.min(...every.map(costOf)), 12);
    expect(cost.value).toBeCloseTo(costOf(count(cost.threshold)), 12);
  });

  it('may take nothing', () => {
    const rule = { by: 'cost', falsePositive: 100, falseNegative: 1 } as const;
    const high = [0.9, 0.8, 0.7];
    expect(chooseThreshold(high, [false, true, false], rule).threshold).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe('intervals', () => {
  it('hold the mean of coin tosses in about 95 of 100 trials', () => {
    const random = seededRandom(5);
    let inside = 0;
    for (let trial = 0; trial < 100; trial++) {
      const tosses = Array.from({ length: 80 }, () => random.integer(2));
      const { low, high } = bootstrapInterval(
        80,
        (indices) => indices.reduce((sum, i) => sum + (tosses[i] as number), 0) / 80,
        { draws: 200, seed: trial },
      );
      if (low <= 0.5 && high >= 0.5) inside++;
    }
    expect(inside).toBeGreaterThan(86);
    expect(inside).toBeLessThan(100);
  });

  it('do so where each toss stands there ten times', () => {
    const random = seededRandom(6);
    const groups = Int32Array.from({ length: 300 }, (_, i) => i % 30);
    const covered = { together: 0, alone: 0 };
    for (let trial = 0; trial < 100; trial++) {
      const tosses = Array.from({ length: 30 }, () => random.integer(2));
      const mean = (indices: Int32Array) =>
        indices.reduce((sum, i) => sum + (tosses[i % 30] as number), 0) / indices.length;
      for (const [how, given] of Object.entries({ together: groups, alone: null })) {
        const options = { draws: 200, seed: trial, groups: given };
        const { low, high } = bootstrapInterval(300, mean, options);
        if (low <= 0.5 && high >= 0.5) covered[how as keyof typeof covered]++;
      }
    }
    expect(covered.together).toBeGreaterThan(86);
    expect(covered.alone).toBeLessThan(60);
  });

  it('are the same where every row is a group of its own', () => {
    const figure = (indices: Int32Array) => indices.reduce((sum, i) => sum + i ** 2, 0);
    const apart = Int32Array.from({ length: 50 }, (_, i) => i);
    expect(bootstrapInterval(50, figure, { groups: apart })).toEqual(bootstrapInterval(50, figure));
  });
});

describe('report', () => {
  it('puts every figure beside its interval and the prior', () => {
    const report = classificationReport(two, Int32Array.from(positive, Number), 2, { draws: 200 });
    expect(report.figures.auc.value).toBeCloseTo(0.68, 10);
    expect(report.priorOnly).toMatchObject({ auc: 0.5, brier: 0.25, matthews: 0 });
    for (const { value, low, high } of Object.values(report.figures)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(low);
    }
    expect(report.confusion.counts).toEqual([
      [3, 2],
      [2, 3],
    ]);
  });

  it('is of the classes that the threshold gives', () => {
    const yes = Int32Array.from(positive, Number);
    const report = classificationReport(two, yes, 2, { draws: 100, threshold: 0.65 });
    expect(report.confusion.counts).toEqual([
      [4, 1],
      [2, 3],
    ]);
    const { accuracy, auc } = report.figures;
    expect(accuracy.value).toBeCloseTo(0.7, 12);
    expect(accuracy.low).toBeLessThan(0.7);
    const plain = classificationReport(two, yes, 2, { draws: 100 });
    expect(plain.figures.accuracy.value).toBeCloseTo(0.6, 12);
    expect(auc).toEqual(plain.figures.auc);
    const never = classificationReport(two, yes, 2, { draws: 0, threshold: NEVER_SAID });
    expect(never.figures.matthews.value).toBe(0);
    expect([...decidedClasses(Float64Array.of(0, 1), 2, NEVER_SAID)]).toEqual([0]);
  });
});

describe('rows that stand for others', () => {
  const some = <Kind>(list: readonly Kind[], counts: readonly number[], kinds: Int32Array) =>
    list.flatMap((one, i) => new Array<Kind>(counts[kinds[i] as number] as number).fill(one));

  it.each([
    ['two', two, Int32Array.from(positive, Number), [1, 3], 0.3],
    ['three', three, labels, [2, 1, 4], null],
  ] as const)('count as often: %s classes', (_, p, known, counts, threshold) => {
    const classes = counts.length;
    const rows = Array.from(known, (_, i) => [...p.slice(i * classes, (i + 1) * classes)]);
    const often = classificationReport(
      Float64Array.from(some(rows, counts, known).flat()),
      Int32Array.from(some([...known], counts, known)),
      classes,
      { draws: 0, threshold },
    );
    const weighted = classificationReport(p, known, classes, {
      draws: 50,
      threshold,
      weights: counts,
    });
    // Fewer rows say less of the calibration error.
    for (const name of (Object.keys(often.figures) as FigureName[]).filter(
      (one) => one !== 'ece',
    )) {
      expect(weighted.figures[name].value, name).toBeCloseTo(often.figures[name].value, 12);
      expect(weighted.priorOnly[name], name).toBeCloseTo(often.priorOnly[name], 12);
      expect(weighted.figures[name].low, name).toBeLessThanOrEqual(weighted.figures[name].high);
    }
    expect(weighted.confusion.counts).toEqual(often.confusion.counts);
    expect(expectedCalibrationError(weighted.reliability)).toBeCloseTo(
      expectedCalibrationError(often.reliability),
      12,
    );
  });

  it('move the threshold to where it costs least among those', () => {
    const rule = { by: 'cost', falsePositive: 1, falseNegative: 2 } as const;
    const yes = Int32Array.from(positive, Number);
    const often = chooseThreshold(some(scores, [9, 1], yes), some(positive, [9, 1], yes), rule);
    const weights = classWeightsOf({ trained: [0.5, 0.5], met: [0.9, 0.1] });
    const { threshold, value } = chooseThreshold(scores, positive, rule, weights);
    expect(threshold).toBe(often.threshold);
    expect(value).toBeCloseTo(often.value, 12);
    expect(threshold).not.toBe(chooseThreshold(scores, positive, rule).threshold);
  });
});

describe('the calibration error', () => {
  it('is small where probabilities are right, and its interval says so', () => {
    const random = seededRandom(6);
    const reports = Array.from({ length: 20 }, (_, seed) => {
      const p = Array.from({ length: 150 }, () => random.next());
      const yes = Int32Array.from(p, (one) => Number(random.next() < one));
      const said = Float64Array.from(p.flatMap((one) => [1 - one, one]));
      return classificationReport(said, yes, 2, { draws: 60, seed });
    });
    const mean = (of: (report: (typeof reports)[number]) => number) =>
      reports.reduce((sum, report) => sum + of(report) / reports.length, 0);
    const plain = mean(({ reliability }) => expectedCalibrationError(reliability));
    expect(mean(({ figures }) => figures.ece.value)).toBeLessThan(plain / 2);
    const holding = reports.filter(({ figures }) => figures.ece.low < 0.004);
    expect(holding.length).toBeGreaterThanOrEqual(17);
  });
});
