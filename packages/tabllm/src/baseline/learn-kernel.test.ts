import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { kernelNorm } from './kernel-shape.ts';
import { evidenceOfClasses, evidenceOfValues } from './label-evidence.ts';
import { kernelEvidence, learnKernelOfClasses, learnKernelOfValues } from './learn-kernel.ts';
import type { Matrix } from './matrix.ts';

const random = seededRandom(12);

function normals(rows: number, columns: number): Matrix {
  return { rows, columns, values: Float64Array.from({ length: rows * columns }, random.normal) };
}

function labelsOf(x: Matrix, label: (row: Float64Array) => number): Int32Array {
  return Int32Array.from({ length: x.rows }, (_, i) =>
    label(x.values.subarray(i * x.columns, (i + 1) * x.columns)),
  );
}

describe('kernelEvidence', () => {
  // Two columns of the matrix come from the same column of the table.
  const views = [4, 7, 7, 9];
  const x = normals(40, 4);
  const three = labelsOf(x, ([a = 0, b = 0]) => (a * b > 0.3 ? 2 : a > 0 ? 1 : 0));
  const two = labelsOf(x, ([a = 0, b = 0]) => (a + b ** 2 > 0.5 ? 1 : 0));

  const quantity = Float64Array.from(three, (label) => label - 1 + 0.3 * random.normal());

  it.each([
    ['two classes', evidenceOfClasses(two, 2), 3],
    ['three classes', evidenceOfClasses(three, 3), 3],
    ['a quantity', evidenceOfValues(quantity), 4],
  ] as const)('has the gradient of its differences, for %s', (_, labels, scalars) => {
    const { evidence, priors, places } = kernelEvidence(x, labels, {
      ...{ norm: 4, views, bent: [0, 2] },
    });
    expect(places).toEqual([0, 1, 1, 2].map((place) => scalars + place));
    const theta = Float64Array.from(priors, () => 0.4 * random.normal());
    expect(theta).toHaveLength(scalars + 3);
    const gradient = new Float64Array(theta.length);
    evidence(theta, gradient);
    const step = 1e-4;
    for (const [t, slope] of gradient.entries()) {
      const at = (by: number) => {
        const moved = theta.map((value, i) => (i === t ? value + by : value));
        return evidence(moved, new Float64Array(theta.length));
      };
      expect((at(step) - at(-step)) / (2 * step)).toBeCloseTo(slope, 3);
    }
  });
});

describe('learnKernelOfClasses', () => {
  it('finds the columns that tell', () => {
    const x = normals(100, 6);
    const labels = labelsOf(x, ([a = 0, b = 0]) => (Math.sin(2 * a) + b > 0 ? 1 : 0));
    const { relevance: factors } = learnKernelOfClasses(x, labels, 2, {
      ...{ norm: kernelNorm(x), views: [0, 1, 2, 3, 4, 5] },
    });
    const [a = 0, b = 0, ...others] = factors;
    expect(Math.min(a, b)).toBeGreaterThan(1.2 * Math.max(...others));
  });

  it('finds them in parts where rows and classes are many', () => {
    const x = normals(160, 3);
    const labels = labelsOf(x, ([a = 0]) => Math.min(9, Math.max(0, Math.floor(2.5 * a + 5))));
    const { relevance } = learnKernelOfClasses(x, labels, 10, {
      norm: kernelNorm(x),
      views: [0, 1, 2],
    });
    const [a = 0, ...others] = relevance;
    expect(a).toBeGreaterThan(1.5 * Math.max(...others));
  });

  it('finds that columns bend by themselves', () => {
    const x = normals(100, 4);
    const bends = labelsOf(x, ([a = 0, b = 0]) => (Math.abs(a) + Math.abs(b) > 1.4 ? 1 : 0));
    const runs = labelsOf(x, ([a = 0, b = 0]) => (a + b > 0 ? 1 : 0));
    const options = { norm: kernelNorm(x), views: [0, 1, 2, 3], bent: [0, 1, 2, 3] };
    const [bending, straight] = [bends, runs].map((labels) => {
      const [scales] = learnKernelOfClasses(x, labels, 2, options).scales;
      return (scales?.bend as number) / (scales?.line as number);
    });
    expect(bending).toBeGreaterThan(4 * (straight as number));
  });

  it('moves little where nothing tells, and takes columns that never vary', () => {
    const x = normals(60, 3);
    for (let i = 0; i < x.rows; i++) x.values[3 * i + 2] = 1;
    const labels = Int32Array.from({ length: 60 }, () => random.integer(2));
    const { relevance: factors } = learnKernelOfClasses(x, labels, 2, {
      ...{ norm: kernelNorm(x), views: [0, 1, 2] },
    });
    for (const factor of factors) expect(Math.abs(Math.log(factor))).toBeLessThan(0.5);
  });

  it('holds on when labels are of one class among those looked at', () => {
    const x = normals(50, 2);
    const { relevance: factors } = learnKernelOfClasses(x, new Int32Array(50), 3, {
      ...{ norm: kernelNorm(x), views: [0, 1] },
    });
    expect([...factors].every((factor) => Number.isFinite(factor) && factor > 0)).toBe(true);
  });
});

describe('learnKernelOfValues', () => {
  it('finds the columns that tell, how they do, and how much is noise', () => {
    const x = normals(160, 4);
    const options = { norm: kernelNorm(x), views: [0, 1, 2, 3], bent: [0, 1, 2, 3] };
    const learnedOf = (noise: number) => {
      const y = Float64Array.from({ length: x.rows }, (_, i) => {
        const [a = 0, b = 0] = x.values.subarray(4 * i, 4 * i + 4);
        return (Math.sin(2 * a) + b + noise * random.normal()) / Math.sqrt(1.5 + noise ** 2);
      });
      return learnKernelOfValues(x, y, options);
    };
    const [clear, noisy] = [learnedOf(0.1), learnedOf(2)];
    const [a = 0, b = 0, ...others] = clear.relevance;
    expect(Math.min(a, b)).toBeGreaterThan(Math.max(...others));
    expect(clear.scales[0]?.noise).toBeLessThan(0.05);
    expect(noisy.scales[0]?.noise).toBeGreaterThan(0.5);
    expect(noisy.scales[0]?.noise).toBeLessThan(1);
  });
});
