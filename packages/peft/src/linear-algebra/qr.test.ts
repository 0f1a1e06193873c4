import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { multiply, multiplyTransposed } from './product.ts';
import { qr } from './qr.ts';

const random = seededRandom(5);
const matrix = (size: number) => Float32Array.from({ length: size }, () => random.normal());
const wide = (data: Float32Array) => Float64Array.from(data);
const identity = (size: number) =>
  Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));

describe('qr', () => {
  it.each([
    [7, 7],
    [9, 4],
    [4, 9],
    [1, 3],
    [3, 1],
  ])('gives orthonormal Q and triangular R with Q·R = M, %i×%i', (rows, columns) => {
    const data = matrix(rows * columns);
    const size = Math.min(rows, columns);
    const { q, r } = qr(data, rows, columns);
    expect(largestDifference(multiply(wide(q), wide(r), rows, size, columns), data)).toBeLessThan(
      1e-6,
    );
    expect(
      largestDifference(multiplyTransposed(wide(q), wide(q), rows, size, size), identity(size)),
    ).toBeLessThan(1e-6);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) expect(r[i * columns + j]).toBe(0);
    }
  });

  it('has LAPACK’s signs', () => {
    const { q, r } = qr(Float32Array.of(3, 1, 4, 2), 2, 2);
    expect(r[0]).toBeCloseTo(-5, 6);
    expect(q[0]).toBeCloseTo(-0.6, 6);
    expect(r[3]).toBeCloseTo(0.4, 6);
  });

  it('keeps Q orthonormal when columns depend on each other or are zero', () => {
    const data = Float32Array.of(1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0);
    const { q, r } = qr(data, 4, 3);
    expect(largestDifference(multiply(wide(q), wide(r), 4, 3, 3), data)).toBeLessThan(1e-6);
    expect(
      largestDifference(multiplyTransposed(wide(q), wide(q), 4, 3, 3), identity(3)),
    ).toBeLessThan(1e-6);
  });
});
