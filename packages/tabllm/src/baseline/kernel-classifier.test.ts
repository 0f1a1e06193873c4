import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, column, isClass } from '../metrics/ranking.ts';
import { bentPlaces, bentSum, placeRow } from './bends.ts';
import { choleskyInPlace, solveLower, solveUpper } from './cholesky.ts';
import { fitKernelClassifier } from './fit-kernel-classifier.ts';
import { predictKernelClassifier } from './kernel-classifier.ts';
import { pursueRows } from './kernel-pursuit.ts';
import { kernelNorm } from './kernel-shape.ts';
import { laplaceMode } from './laplace-mode.ts';
import { fitLogisticRegression, predictLogisticRegression } from './logistic-regression.ts';
import type { Matrix } from './matrix.ts';

const random = seededRandom(6);

function normals(rows: number, columns: number): Matrix {
  return { rows, columns, values: Float64Array.from({ length: rows * columns }, random.normal) };
}

/** A kernel matrix of rows in a line, exp(−(xᵢ − xⱼ)²/2). */
function smooth(points: readonly number[]): Float64Array {
  return Float64Array.from(points.flatMap((a) => points.map((b) => Math.exp(-((a - b) ** 2) / 2))));
}

describe('Cholesky', () => {
  it('solves A x = b', () => {
    const n = 11;
    const { values: half } = normals(n, n);
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) {
          a[i * n + j] =
            (a[i * n + j] as number) + (half[i * n + k] as number) * (half[j * n + k] as number);
        }
      }
      a[i * n + i] = (a[i * n + i] as number) + 1;
    }
    const x = Float64Array.from({ length: n }, (_, i) => i - 2);
    const b = x.map((_, i) =>
      x.reduce((sum, entry, j) => sum + (a[i * n + j] as number) * entry, 0),
    );
    choleskyInPlace(a, n);
    solveLower(a, n, b);
    solveUpper(a, n, b);
    for (const [i, entry] of x.entries()) expect(b[i]).toBeCloseTo(entry, 8);
  });
});

describe('pursueRows', () => {
  const points = [0, 0, 0, 5, 5, 9];

  it('takes rows that tell all there is, not the same twice', () => {
    const functions = points.map((_, i) => smooth(points).slice(i * 6, (i + 1) * 6));
    const told = pursueRows(smooth(points), 6, functions, 6).map((row) => points[row]);
    expect([...told].sort()).toEqual([0, 5, 9]);
    expect(pursueRows(smooth(points), 6, functions, 2)).toHaveLength(2);
  });

  it('takes what the functions are of, though the kernel spans more', () => {
    const kernel = smooth(points);
    expect(pursueRows(kernel, 6, [kernel.slice(5 * 6)], 6)).toEqual([5]);
    expect(pursueRows(kernel, 6, [new Float64Array(6)], 6)).toEqual([]);
  });
});

describe('laplaceMode', () => {
  const kernel = smooth([-1, -0.5, 0.2, 1.5, 1.6]).map((entry) => 4 * entry);
  const signs = Int8Array.of(-1, -1, 1, 1, -1);
  const { alpha } = laplaceMode(kernel, 5, signs);

  it('stands where the likelihood pulls as hard as the prior: alphaᵢ = tᵢ − σ(fᵢ)', () => {
    for (let i = 0; i < 5; i++) {
      const f = alpha.reduce((sum, a, j) => sum + a * (kernel[i * 5 + j] as number), 0);
      const pull = (signs[i] === 1 ? 1 : 0) - 1 / (1 + Math.exp(-f));
      expect(alpha[i]).toBeCloseTo(pull, 2);
    }
  });

  it('knows that one row says nothing: ∫ σ(f) N(f; 0, k) df = ½', () => {
    const { evidence } = laplaceMode(Float64Array.of(1), 1, Int8Array.of(1));
    expect(Math.exp(evidence)).toBeCloseTo(0.5, 1);
  });
});

describe('kernel classifier', () => {
  const x = normals(360, 3);
  const radius = Array.from({ length: 360 }, (_, i) =>
    Math.hypot(...x.values.subarray(i * 3, i * 3 + 2)),
  );
  const part = (from: number, to: number): Matrix => ({
    rows: to - from,
    columns: 3,
    values: x.values.slice(from * 3, to * 3),
  });

  it('tells inside from outside, which no line does', () => {
    const labels = Int32Array.from(radius, (r) => (r > 1.1 ? 1 : 0));
    const [train, test] = [part(0, 160), part(160, 360)];
    const model = fitKernelClassifier(train, labels.slice(0, 160), 2, kernelNorm(x));
    const score = (p: Float64Array) => areaUnderRoc(column(p, 1, 2), isClass(labels.slice(160), 1));
    expect(model.spanning.rows).toBeLessThanOrEqual(96);
    expect(score(predictKernelClassifier(model, test))).toBeGreaterThan(0.93);
    const line = fitLogisticRegression(train, labels.slice(0, 160), 2);
    expect(score(predictLogisticRegression(line, test))).toBeLessThan(0.7);
  });

  it('predicts what its line, its curve and the columns that bend sum to', () => {
    const labels = Int32Array.from(radius, (r) => (r > 1.1 ? 1 : 0));
    const relevance = Float64Array.of(1, 0.5, 0.25);
    const norm = kernelNorm(x);
    const model = fitKernelClassifier(part(0, 60), labels.slice(0, 60), 2, norm, {
      ...{ relevance, bent: [1, 2], scales: [{ line: 1, curve: 2, bend: 3 }] },
    });
    const { functions, spanning, bends } = model;
    const row = [0.3, -1.2, 0.8];
    const scaled = row.map((value, j) => value * (relevance[j] as number));
    const curve = Array.from({ length: spanning.rows }, (_, r) => {
      const distance = scaled.reduce(
        (sum, value, j) => sum + (value - (spanning.values[3 * r + j] as number)) ** 2,
        0,
      );
      return Math.exp(-distance / (2 * norm));
    });
    let expected = 0;
    expect(functions).toHaveLength(1);
    for (const { share, line, curve: weights, bend } of functions) {
      const [a = 0, b = 0, c = 0, intercept = 0] = line;
      const [x0 = 0, x1 = 0, x2 = 0] = scaled;
      const bent = curve.reduce((sum, value, r) => sum + value * (weights[r] as number), 0);
      const places = bentPlaces(2);
      placeRow(bends, { rows: 1, columns: 3, values: Float64Array.from(row) }, 0, places);
      const single = bentSum(bend, places);
      expect(Math.abs(single)).toBeGreaterThan(0.01);
      expected += share / (1 + Math.exp(-(a * x0 + b * x1 + c * x2 + intercept + bent + single)));
    }
    const asked = { rows: 1, columns: 3, values: Float64Array.from(row) };
    const p = predictKernelClassifier(model, asked);
    expect(p[1]).toBeCloseTo(expected, 6);
  });

  it('bends by a column where the others say nothing of it, which no line does', () => {
    const labels = Int32Array.from({ length: 360 }, (_, i) =>
      Math.abs(x.values[3 * i + 1] as number) > 0.7 ? 1 : 0,
    );
    const [train, test] = [part(0, 100), part(100, 360)];
    const bending = fitKernelClassifier(train, labels.slice(0, 100), 2, kernelNorm(x), {
      ...{ relevance: new Float64Array(3).fill(1), bent: [0, 1, 2] },
      scales: [{ line: 1, curve: 0, bend: 8 }],
    });
    const score = areaUnderRoc(
      column(predictKernelClassifier(bending, test), 1, 2),
      isClass(labels.slice(100), 1),
    );
    expect(score).toBeGreaterThan(0.97);
  });

  it('gives three classes probabilities that sum to 1', () => {
    const labels = Int32Array.from(radius, (r) => (r > 1.5 ? 2 : r > 0.8 ? 1 : 0));
    const model = fitKernelClassifier(part(0, 120), labels.slice(0, 120), 3, kernelNorm(x));
    const p = predictKernelClassifier(model, part(120, 360));
    for (let row = 0; row < 240; row++) {
      expect(p.subarray(3 * row, 3 * row + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    }
    for (const k of [0, 2]) {
      expect(areaUnderRoc(column(p, k, 3), isClass(labels.slice(120), k))).toBeGreaterThan(0.9);
    }
  });

  it('is without opinion far from what it was taught only as far as lines go', () => {
    const same = { rows: 4, columns: 1, values: Float64Array.of(0, 0, 0, 0) };
    const model = fitKernelClassifier(same, Int32Array.of(0, 1, 0, 1), 2, kernelNorm(same));
    expect(predictKernelClassifier(model, same)[1]).toBeCloseTo(0.5, 6);
  });
});
