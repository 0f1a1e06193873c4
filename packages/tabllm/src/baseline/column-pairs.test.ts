import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, column, isClass } from '../metrics/ranking.ts';
import { predictBoostedTrees } from './boosted-trees.ts';
import { columnsToCut, pairQuantities, withPairs } from './column-pairs.ts';
import { fitBoostedTrees } from './fit-boosted-trees.ts';
import { fitRandomForest } from './fit-random-forest.ts';
import { type Matrix, pickRows } from './matrix.ts';
import { predictRandomForest } from './random-forest.ts';

const random = seededRandom(21);
const normals = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  values: Float64Array.from({ length: rows * columns }, random.normal),
});

describe('withPairs', () => {
  const x: Matrix = { rows: 2, columns: 3, values: Float64Array.of(1, 10, 100, 2, 20, 200) };

  it('puts the difference and the sum of each pair beside the columns', () => {
    const { values, columns } = withPairs(x, [
      [0, 2],
      [1, 2],
    ]);
    expect(columns).toBe(7);
    expect([...values]).toEqual([
      ...[1, 10, 100, -99, 101, -90, 110],
      ...[2, 20, 200, -198, 202, -180, 220],
    ]);
    expect(withPairs(x, [])).toBe(x);
  });

  it('lets trees cut some columns, and all pairs', () => {
    expect(columnsToCut(x, [[0, 2]], [1])).toEqual([1, 3, 4]);
    expect(columnsToCut(x, [[0, 2]], undefined)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('pairQuantities', () => {
  it('takes all pairs of a few', () => {
    const x = normals(10, 4);
    const labels = Int32Array.from({ length: 10 }, (_, i) => i % 2);
    expect(pairQuantities(x, labels, 2, [3, 0, 2])).toEqual([
      [0, 2],
      [0, 3],
      [2, 3],
    ]);
    expect(pairQuantities(x, labels, 2, [3])).toEqual([]);
  });

  it('takes of many those that tell classes apart, the same for any order and scale', () => {
    const x = normals(200, 30);
    const telling = [4, 11, 29];
    const labels = Int32Array.from({ length: 200 }, (_, i) => i % 3);
    for (let i = 0; i < 200; i++) {
      for (const j of telling) {
        const at = i * 30 + j;
        x.values[at] = 100 * ((x.values[at] as number) + (labels[i] as number));
      }
      x.values[i * 30] = 7;
    }
    const all = Array.from({ length: 30 }, (_, j) => j);
    const pairs = pairQuantities(x, labels, 3, all);
    expect(pairs).toHaveLength(66);
    const paired = new Set(pairs.flat());
    expect(telling.every((column) => paired.has(column))).toBe(true);
    expect(paired.has(0)).toBe(false);
    expect(pairQuantities(x, labels, 3, all.toReversed())).toEqual(pairs);
  });
});

describe('trees that cut aslant', () => {
  const x = normals(600, 5);
  const labels = Int32Array.from({ length: 600 }, (_, i) =>
    (x.values[5 * i] as number) > (x.values[5 * i + 1] as number) ? 1 : 0,
  );
  const places = Array.from({ length: 600 }, (_, i) => i);
  const [train, rest] = [places.slice(0, 100), places.slice(100)];
  const known = labels.slice(0, 100);
  const auc = (p: Float64Array) => areaUnderRoc(column(p, 1, 2), isClass(labels.slice(100), 1));
  const pairs = pairQuantities(pickRows(x, train), known, 2, [0, 1, 2, 3, 4]);

  const [seen, unseen] = [pickRows(x, train), pickRows(x, rest)];

  it.each<[string, (options: { pairs?: typeof pairs }) => Float64Array]>([
    [
      'in a forest',
      (options) =>
        predictRandomForest(fitRandomForest(seen, known, 2, { trees: 60, ...options }), unseen),
    ],
    [
      'boosted',
      (options) =>
        predictBoostedTrees(fitBoostedTrees(seen, known, 2, { rounds: 40, ...options }), unseen),
    ],
  ])('see which of two is larger at once, %s', (_, predict) => {
    expect(auc(predict({ pairs }))).toBeGreaterThan(0.98);
    expect(auc(predict({ pairs }))).toBeGreaterThan(auc(predict({})) + 0.01);
  });
});
