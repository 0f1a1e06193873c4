import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, column, isClass } from '../metrics/ranking.ts';
import { inferSchema } from '../schema/infer.ts';
import { binFeatures } from './bins.ts';
import { predictBoostedTrees } from './boosted-trees.ts';
import { encoderOf } from './encoder.ts';
import { fitBoostedTrees } from './fit-boosted-trees.ts';
import { fitEncoder } from './fit-encoder.ts';
import { fitRandomForest } from './fit-random-forest.ts';
import { fitRegressionForest } from './fit-regression-forest.ts';
import { fitRidgeRegression } from './fit-ridge-regression.ts';
import { minimise } from './lbfgs.ts';
import { fitLogisticRegression, predictLogisticRegression } from './logistic-regression.ts';
import type { Matrix } from './matrix.ts';
import { predictRandomForest } from './random-forest.ts';
import { predictRegressionForest } from './regression-forest.ts';
import { predictRidgeRegression } from './ridge-regression.ts';

function matrix(rows: readonly (readonly number[])[]): Matrix {
  return {
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    values: Float64Array.from(rows.flat()),
  };
}

describe('encoder', () => {
  const rows = [
    ['1', 'red', 'note one'],
    ['3', 'blue', 'note two'],
    ['', 'red', 'note three'],
    ['5', '', 'note four'],
  ];
  const schema = inferSchema(['size', 'colour', 'note'], rows, {
    kinds: new Map([['note', 'text']]),
  });
  const encoder = encoderOf(schema, fitEncoder(schema, rows));

  it('standardises numbers, one-hot for words, leaves out text', () => {
    expect(encoder.columns).toEqual(['size', 'colour=blue', 'colour=red', 'colour missing']);
    const sd = Math.sqrt(8 / 3);
    expect([...encoder.encode(rows).values]).toEqual([
      ...[-2 / sd, 0, 1, 0],
      ...[0, 1, 0, 0],
      ...[0, 0, 1, 0],
      ...[2 / sd, 0, 0, 1],
    ]);
  });

  it('tells more in the rich encoding: ranks, what stands out, order', () => {
    const table = Array.from({ length: 200 }, (_, i) => [
      i < 40 ? '0' : String(i * i),
      ['low', 'medium', 'high'][i % 3] as string,
    ]);
    const known = inferSchema(['gain', 'level'], table);
    const rich = encoderOf(known, fitEncoder(known, table, 'rich'));
    expect(rich.columns).toEqual([
      ...['gain', 'gain ranked', 'gain=0'],
      ...['level=high', 'level=low', 'level=medium', 'level missing', 'level ordered'],
    ]);
    expect(rich.sources.flat()).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
    expect(rich.views).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
    const { values } = rich.encode([
      ['0', 'low'],
      ['20000', 'high'],
      ['?', 'unheard of'],
    ]);
    const [zero, large, none] = [0, 8, 16].map((at) => [...values.slice(at, at + 8)]) as [
      number[],
      number[],
      number[],
    ];
    expect(zero[2]).toBeGreaterThan(0);
    expect(large[2]).toBe(0);
    expect(large[7] as number).toBeCloseTo(-(zero[7] as number), 1);
    expect(none).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('sets nothing for what it has never seen', () => {
    expect([...encoder.encode([['large', 'green', '']]).values]).toEqual([0, 0, 0, 0]);
  });
});

describe('minimise', () => {
  it("finds the end of Rosenbrock's valley", () => {
    const [x = 0, y = 0] = minimise(
      (at, gradient) => {
        const [a, b] = at as unknown as [number, number];
        gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
        gradient[1] = 200 * (b - a * a);
        return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
      },
      Float64Array.of(-1.2, 1),
    );
    expect(x).toBeCloseTo(1, 5);
    expect(y).toBeCloseTo(1, 5);
  });
});

describe('logistic regression', () => {
  const x = matrix([
    [0.5, -1.2, 0.3],
    [1.5, 0.2, -0.7],
    [-0.3, 0.8, 1.1],
    [2.1, -0.4, 0.6],
    [-1.0, -0.9, -0.2],
    [0.1, 1.7, -1.3],
    [0.9, 0.4, 0.8],
    [-1.6, 0.3, 0.5],
  ]);
  const two = Int32Array.of(0, 1, 0, 1, 0, 1, 1, 0);
  const three = Int32Array.of(0, 1, 2, 1, 0, 2, 1, 0);

  // scikit-learn 1.x, LogisticRegression(tol=1e-10): coef_ and intercept_
  it.each([
    [two, 1, [1.146748, 0.642079, -0.446457, -0.369102]],
    [
      three,
      1,
      [
        ...[-0.737993, -0.852997, -0.073733, 0.480462],
        ...[0.967498, 0.03203, 0.107165, -0.210351],
        ...[-0.229505, 0.820967, -0.033432, -0.270111],
      ],
    ],
    [
      three,
      0.1,
      [
        ...[-0.209787, -0.181922, 0.00751, 0.210743],
        ...[0.266355, -0.007952, 0.026196, 0.04973],
        ...[-0.056568, 0.189875, -0.033705, -0.260473],
      ],
    ],
  ])('has the weights of scikit-learn: %#', (labels, c, weights) => {
    const model = fitLogisticRegression(x, labels, Math.max(...labels) + 1, { c });
    for (const [i, weight] of weights.entries()) expect(model.weights[i]).toBeCloseTo(weight, 4);
  });

  it('counts a row of weight 2 as two rows', () => {
    const rowWeights = Float64Array.from(two, (_, i) => (i === 3 ? 2 : 1));
    const weighted = fitLogisticRegression(x, two, 2, { rowWeights });
    const twice = {
      rows: 9,
      columns: 3,
      values: Float64Array.of(...x.values, ...x.values.subarray(9, 12)),
    };
    const doubled = fitLogisticRegression(twice, Int32Array.of(...two, 1), 2);
    for (const [i, weight] of doubled.weights.entries()) {
      expect(weighted.weights[i]).toBeCloseTo(weight, 4);
    }
  });

  it('gives probabilities for fifty classes', () => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => i % 50);
    const points = matrix(Array.from(labels, (label) => [label / 10, (label % 7) - 3]));
    const model = fitLogisticRegression(points, labels, 50, { c: 100 });
    const probabilities = predictLogisticRegression(model, points);
    for (let row = 0; row < 100; row++) {
      const sum = probabilities.subarray(row * 50, row * 50 + 50).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(1, 10);
    }
    expect(areaUnderRoc(column(probabilities, 49, 50), isClass(labels, 49))).toBe(1);
  });
});

describe('boosted trees', () => {
  const random = seededRandom(4);
  const points = Array.from({ length: 600 }, () => [random.normal(), random.normal()]);
  const [train, test] = [matrix(points.slice(0, 400)), matrix(points.slice(400))];

  it.each([2, 3])('learn %d classes that no line parts', (classes) => {
    const labels = Int32Array.from(points, ([a = 0, b = 0]) =>
      a * b > 0 ? 1 : classes > 2 && a > 0 ? 2 : 0,
    );
    const model = fitBoostedTrees(train, labels.subarray(0, 400), classes);
    const p = predictBoostedTrees(model, test);
    expect(p.subarray(0, classes).reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    const rest = labels.subarray(400);
    for (let k = 0; k < classes; k++) {
      expect(areaUnderRoc(column(p, k, classes), isClass(rest, k))).toBeGreaterThan(0.95);
    }
  });

  it('start at the log-odds of a leaf: −ΣG / (ΣH + λ)', () => {
    const labels = Int32Array.of(1, 1, 1, 0);
    const same = matrix([[0], [0], [0], [0]]);
    const options = { rounds: 1, rate: 1, lambda: 2, share: 1 };
    const [, p = 0] = predictBoostedTrees(fitBoostedTrees(same, labels, 2, options), same);
    // G = 4·0.5 − 3 = −1, H = 4·0.25 = 1
    expect(Math.log(p / (1 - p))).toBeCloseTo(1 / 3, 6);
  });
});

describe('quantities', () => {
  const random = seededRandom(5);
  const points = Array.from({ length: 500 }, () => [random.normal(), random.normal()]);
  const x = matrix(points);

  it('ridge regression solves (XᵀX + λI)w = Xᵀy', () => {
    const three = matrix([[1], [2], [6]]);
    // Centred: Σ(x−3)² = 14, Σ(x−3)(y−4) = 23
    const fitted = fitRidgeRegression(three, Float64Array.of(1, 2, 9));
    expect(fitted.lambda).toBe(1);
    expect(fitted.weights[0]).toBeCloseTo(23 / 15, 4);
    expect(fitted.weights[1]).toBeCloseTo(4 - (3 * 23) / 15, 4);
  });

  it('ridge regression shrinks more where there is only noise', () => {
    const noise = Float64Array.from(points, () => random.normal());
    const line = Float64Array.from(points, ([a = 0, b = 0]) => 3 * a - b);
    expect(fitRidgeRegression(x, noise).lambda).toBeGreaterThan(fitRidgeRegression(x, line).lambda);
    const [first, second] = predictRidgeRegression(
      fitRidgeRegression(x, line),
      matrix([
        [1, 0],
        [0, 1],
      ]),
    );
    expect(first).toBeCloseTo(3, 1);
    expect(second).toBeCloseTo(-1, 1);
  });

  it('a forest follows what is no line', () => {
    const wave = Float64Array.from(points, ([a = 0]) => Math.sin(2 * a));
    const forest = fitRegressionForest(x, wave, { trees: 60 });
    const at = (value: number) =>
      predictRegressionForest(forest, matrix([[value, 0]]))[0] as number;
    expect(at(Math.PI / 4)).toBeCloseTo(1, 0);
    expect(at(-Math.PI / 4)).toBeCloseTo(-1, 0);
    expect(Math.abs(at(0))).toBeLessThan(0.5);
  });
});

describe('bins', () => {
  it('keep every value of a short column and the order of a long one', () => {
    const random = seededRandom(1);
    const values = Array.from({ length: 2000 }, () => [random.normal()]);
    const { bins, lowest, highest } = binFeatures(matrix(values));
    for (const [i, [value = 0]] of values.entries()) {
      const bin = bins[i] as number;
      expect(value).toBeGreaterThanOrEqual(lowest[0]?.[bin] as number);
      expect(value).toBeLessThanOrEqual(highest[0]?.[bin] as number);
    }
    expect(binFeatures(matrix([[3], [1], [3], [2]])).bins).toEqual(Uint8Array.of(2, 0, 2, 1));
  });
});

describe('random forest', () => {
  const random = seededRandom(2);
  const points = Array.from({ length: 400 }, () => [
    random.normal(),
    random.normal(),
    random.normal(),
  ]);
  /** Like signs: nothing that a line can part. */
  const labels = Int32Array.from(points, ([a = 0, b = 0]) => (a * b > 0 ? 1 : 0));
  const [train, test] = [matrix(points.slice(0, 300)), matrix(points.slice(300))];
  const rest = labels.subarray(300);

  it('learns what a line cannot', () => {
    const forest = fitRandomForest(train, labels.subarray(0, 300), 2, { trees: 60 });
    const score = (p: Float64Array) => areaUnderRoc(column(p, 1, 2), isClass(rest, 1));
    expect(score(predictRandomForest(forest, test))).toBeGreaterThan(0.95);
    const line = fitLogisticRegression(train, labels.subarray(0, 300), 2);
    expect(score(predictLogisticRegression(line, test))).toBeLessThan(0.7);
  });

  it.each(['best', 'random'] as const)(
    'is the same for the same seed (%s cuts), and knows the rows it was grown on',
    (cuts) => {
      const grow = () =>
        fitRandomForest(train, labels.subarray(0, 300), 2, { trees: 30, seed: 7, cuts });
      const probabilities = predictRandomForest(grow(), train);
      expect(predictRandomForest(grow(), train)).toEqual(probabilities);
      expect(areaUnderRoc(column(probabilities, 1, 2), isClass(labels.subarray(0, 300), 1))).toBe(
        1,
      );
    },
  );

  it('splits in the middle between values and goes on where a feature does not vary', () => {
    const constant = matrix([
      [5, 1],
      [5, 2],
      [5, 10],
      [5, 11],
    ]);
    const forest = fitRandomForest(constant, Int32Array.of(0, 0, 1, 1), 2, { trees: 200 });
    const at = (value: number) => predictRandomForest(forest, matrix([[5, value]]))[1] as number;
    expect(at(2)).toBeLessThan(0.2);
    expect(at(10)).toBeGreaterThan(0.8);
    expect(forest.nodes.feature.includes(0)).toBe(false);
  });

  it('gives rare classes the same weight', () => {
    const uneven = Int32Array.from({ length: 300 }, (_, i) => (i < 15 ? 1 : 0));
    const noise = matrix(Array.from({ length: 300 }, () => [0]));
    const forest = fitRandomForest(noise, uneven, 2);
    expect(predictRandomForest(forest, matrix([[0]]))[1]).toBeCloseTo(0.5, 1);
  });
});
