import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { multiply, multiplyTransposed, transpose } from './product.ts';
import { numericalRank, randomizedSvd, type TruncatedSvd, truncatedSvd } from './svd.ts';

const random = seededRandom(3);
const gaussian = (size: number) => Float64Array.from({ length: size }, () => random.normal());

/** A [rows, columns] matrix with these singular values. */
function withSingularValues(values: readonly number[], rows: number, columns: number) {
  const u = truncatedSvd(Float32Array.from(gaussian(rows * rows)), rows, rows, values.length).u;
  const v = truncatedSvd(Float32Array.from(gaussian(columns * columns)), columns, columns, 9).u;
  const out = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (const [k, s] of values.entries()) {
        out[i * columns + j] =
          (out[i * columns + j] as number) +
          s * (u[i * values.length + k] as number) * (v[j * 9 + k] as number);
      }
    }
  }
  return out;
}

function rebuild({ u, s, v }: TruncatedSvd, rows: number, columns: number) {
  const rank = s.length;
  const scaled = Float64Array.from(u, (value, at) => value * (s[at % rank] as number));
  const turned = transpose(Float64Array.from(v), columns, rank);
  return multiply(scaled, turned, rows, rank, columns);
}

function gram(vectors: Float32Array, rows: number, rank: number) {
  const wide = Float64Array.from(vectors);
  return multiplyTransposed(wide, wide, rows, rank, rank);
}

describe('truncatedSvd', () => {
  it.each([
    [6, 6],
    [9, 5],
    [5, 9],
    [1, 4],
  ])('rebuilds a %i×%i matrix at full rank with orthonormal vectors', (rows, columns) => {
    const data = Float32Array.from(gaussian(rows * columns));
    const rank = Math.min(rows, columns);
    const svd = truncatedSvd(data, rows, columns, rank);
    expect(largestDifference(rebuild(svd, rows, columns), data)).toBeLessThan(1e-6);
    const identity = Float64Array.from({ length: rank * rank }, (_, i) => +(i % (rank + 1) === 0));
    expect(largestDifference(gram(svd.u, rows, rank), identity)).toBeLessThan(1e-6);
    expect(largestDifference(gram(svd.v, columns, rank), identity)).toBeLessThan(1e-6);
    expect([...svd.s]).toEqual([...svd.s].sort((a, b) => b - a));
  });

  it('keeps the largest singular values: the rest is the error', () => {
    const data = withSingularValues([5, 3, 2, 1], 12, 9);
    const svd = truncatedSvd(data, 12, 9, 2);
    expect(largestDifference(svd.s, [5, 3])).toBeLessThan(1e-5);
    const error = rebuild(svd, 12, 9).map((value, i) => value - (data[i] as number));
    expect(Math.hypot(...error)).toBeCloseTo(Math.hypot(2, 1), 5);
  });

  it('pads with zeros beyond the matrix’s own rank', () => {
    const { u, s, v } = truncatedSvd(Float32Array.of(0, 2), 2, 1, 3);
    expect([...s]).toEqual([2, 0, 0]);
    expect([...u].map(Math.abs)).toEqual([0, 0, 0, 1, 0, 0]);
    expect([...v].map(Math.abs)).toEqual([1, 0, 0]);
  });

  it('refuses values that are not finite', () => {
    expect(() => truncatedSvd(Float32Array.of(1, Number.NaN), 2, 1, 1)).toThrow(
      expect.objectContaining({ code: 'mismatch' }),
    );
  });
});

describe('randomizedSvd', () => {
  it.each([
    [60, 40],
    [40, 60],
  ])('is nearly as good as the exact one where singular values fall, %i×%i', (rows, columns) => {
    const data = withSingularValues([8, 4, 2, 1, 0.5, 0.25, 0.1, 0.05], rows, columns);
    const options = { oversample: 2, random: seededRandom(1) };
    const nearly = randomizedSvd(data, rows, columns, 3, options);
    const exact = truncatedSvd(data, rows, columns, 3);
    expect(largestDifference(nearly.s, exact.s)).toBeLessThan(1e-5);
    expect(
      largestDifference(rebuild(nearly, rows, columns), rebuild(exact, rows, columns)),
    ).toBeLessThan(1e-4);
  });

  it('comes closer with more power iterations, and is the same for the same seed', () => {
    const data = Float32Array.from(gaussian(80 * 50));
    const norm = (niter: number) =>
      Math.hypot(...randomizedSvd(data, 80, 50, 5, { niter, random: seededRandom(2) }).s);
    const best = Math.hypot(...truncatedSvd(data, 80, 50, 5).s);
    expect(norm(0)).toBeLessThan(norm(2));
    expect(norm(2)).toBeLessThan(norm(8));
    expect(norm(8)).toBeLessThan(best + 1e-6);
    expect(norm(8)).toBe(norm(8));
  });
});

describe('numericalRank', () => {
  it('counts singular values above the rounding of float32, or a given share', () => {
    const data = withSingularValues([5, 3, 0.01], 12, 9);
    expect(numericalRank(data, 12, 9)).toBe(3);
    expect(numericalRank(data, 12, 9, 0.1)).toBe(2);
    expect(numericalRank(new Float32Array(6), 2, 3)).toBe(0);
  });
});
