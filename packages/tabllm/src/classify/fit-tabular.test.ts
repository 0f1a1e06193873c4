import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../baseline/matrix.ts';
import { fitTabular, weighMembers } from './fit-tabular.ts';
import { outOfFold } from './out-of-fold.ts';
import { planMembers } from './tabular-members.ts';
import { predictTabular } from './tabular-model.ts';

const random = seededRandom(4);
const normals = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  values: Float64Array.from({ length: rows * columns }, random.normal),
});
const above = (x: Matrix, f: (row: Float64Array) => number) =>
  Int32Array.from({ length: x.rows }, (_, i) =>
    f(x.values.subarray(i * x.columns, (i + 1) * x.columns)) > 0 ? 1 : 0,
  );

describe('weighMembers', () => {
  const labels = Int32Array.of(1, 1, 0, 1);
  const sure = (p: number) => Float64Array.from(labels, (y) => (y === 1 ? p : 1 - p));
  const said = (p: number) => Float64Array.from([...sure(p)].flatMap((q) => [1 - q, q]));

  it('is wⁿ ∝ w⁰·exp(−0.1·Σ loss)', () => {
    const weights = weighMembers([1, 2], [said(0.9), said(0.6)], labels);
    const [a, b] = [0.9 ** 0.4, 2 * 0.6 ** 0.4];
    expect(weights[0]).toBeCloseTo(a / (a + b), 12);
    expect(weights[1]).toBeCloseTo(b / (a + b), 12);
  });

  it('keeps the plan without labels, and where all do alike', () => {
    expect(
      weighMembers([1, 3], [new Float64Array(), new Float64Array()], new Int32Array()),
    ).toEqual([0.25, 0.75]);
    expect(weighMembers([1, 3], [said(0.7), said(0.7)], labels)).toEqual([0.25, 0.75]);
  });

  it('counts rows that say the same once', () => {
    const twice = (p: number) => Float64Array.of(...said(p), ...said(p));
    const copied = Int32Array.of(...labels, ...labels);
    const alone = weighMembers([1, 2], [said(0.9), said(0.6)], labels);
    const counted = weighMembers([1, 2], [twice(0.9), twice(0.6)], copied, labels.length);
    for (const [m, weight] of alone.entries()) expect(counted[m]).toBeCloseTo(weight, 12);
    expect(weighMembers([1, 2], [twice(0.9), twice(0.6)], copied)[0]).toBeGreaterThan(
      (alone[0] as number) + 0.01,
    );
  });

  it('leaves out who has hardly any weight, and who is wrong for certain is not the end of it', () => {
    const many = Int32Array.from({ length: 400 }, (_, i) => i % 2);
    const opinion = (p: number) =>
      Float64Array.from([...many].flatMap((y) => (y ? [1 - p, p] : [p, 1 - p])));
    const weights = weighMembers([1, 1, 1], [opinion(0.9), opinion(0.8), opinion(0.1)], many);
    expect(weights[2]).toBe(0);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const once = opinion(0.9);
    once.set([1, 0], 2);
    expect(weighMembers([1, 1], [once, opinion(0.85)], many)[0]).toBeGreaterThan(0.4);
  });
});

describe('planMembers', () => {
  const settings = { norm: 1, quantities: [0, 1], trees: 40 };

  it('has a model for any number of rows and classes', () => {
    for (const n of [2, 8, 16, 47, 48, 512, 513, 2000, 2001, 50_000]) {
      for (const classes of [2, 3, 10, 11, 20, 21, 50]) {
        const plans = planMembers(n, classes, settings);
        expect(plans.length).toBeGreaterThanOrEqual(2);
        expect(plans.every(({ weight }) => weight > 0 && weight <= 3)).toBe(true);
      }
    }
  });

  it('trusts what takes few labels where there are few, and trees where there are many', () => {
    const kinds = (n: number) => {
      const x = normals(60, 2);
      const labels = above(x, ([a = 0]) => a);
      return planMembers(n, 2, settings).map(({ weight, fit }) => ({
        weight,
        kind: fit(x, labels).kind,
      }));
    };
    const share = (n: number, trees: boolean) => {
      const all = kinds(n);
      const of = all.filter(({ kind }) => /forest|trees/.test(kind) === trees);
      const sum = (list: typeof all) => list.reduce((total, { weight }) => total + weight, 0);
      return sum(of) / sum(all);
    };
    expect(share(8, true)).toBeLessThan(0.3);
    expect(share(40_000, true)).toBeGreaterThan(0.9);
  });
});

describe('outOfFold', () => {
  it('turns to the members that fit the table', () => {
    const settings = { norm: 6, quantities: [0, 1, 2], trees: 40, seed: 1 };
    const share = (f: (row: Float64Array) => number, kind: RegExp) => {
      const x = normals(200, 6);
      const labels = above(x, f);
      const { weights } = outOfFold(x, labels, 2, settings);
      const { members } = fitTabular(x, labels, 2, { ...settings, weights });
      expect(members.every(({ weight }) => weight > 0)).toBe(true);
      const own = members.filter(({ model }) => kind.test(model.kind));
      return own.reduce((sum, { weight }) => sum + weight, 0);
    };
    const line = (row: Float64Array) =>
      row.reduce((sum, value, j) => sum + (j % 2 ? -1 : 1) * value, 0);
    const corner = ([a = 0, b = 0, c = 0]: Float64Array) =>
      a > 0.3 || (b > 0.5 && c < 0) ? 1 : -1;
    expect(share(line, /logistic|kernel/)).toBeGreaterThan(0.9);
    expect(share(corner, /forest|trees/)).toBeGreaterThan(0.8);
  });

  it('says of a row what models of the other folds say, the same as its parts', () => {
    const x = normals(60, 3);
    const labels = above(x, ([a = 0]) => a + 0.5 * random.normal());
    const held = outOfFold(x, labels, 2, { norm: 3, trees: 10 });
    expect(held.pooled).toBe(held.learned);
    for (let i = 0; i < 60; i++) {
      expect((held.learned[2 * i] as number) + (held.learned[2 * i + 1] as number)).toBeCloseTo(
        1,
        9,
      );
    }
    const whole = predictTabular(fitTabular(x, labels, 2, { norm: 3, trees: 10 }), x);
    const right = (p: Float64Array) =>
      [...labels].filter((y, i) => (p[2 * i + 1] as number) > 0.5 === (y === 1)).length;
    expect(right(whole)).toBeGreaterThan(right(held.learned));
  });
});
