import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { leadingSvd } from './leading-svd.ts';
import { multiply, multiplyTransposed, transpose } from './product.ts';
import { qrFloat64 } from './qr.ts';
import { type TruncatedSvd, truncatedSvd } from './svd.ts';

const random = seededRandom(7);
const gaussian = (size: number) => Float64Array.from({ length: size }, () => random.normal());

/** U·diag(s)·Vᵀ of the first `rank` columns. */
function product({ u, s, v }: TruncatedSvd<Float32Array | Float64Array>, rank = s.length) {
  const [rows, columns] = [u.length / s.length, v.length / s.length];
  const scaled = Float64Array.from(u, (value, at) => {
    const k = at % s.length;
    return k < rank ? value * (s[k] as number) : 0;
  });
  const turned = transpose(Float64Array.from(v), columns, s.length);
  return multiply(scaled, turned, rows, s.length, columns);
}

/** How far two matrices are apart, as a share of the second. */
function apart(actual: Float64Array, wanted: Float64Array): number {
  return (
    Math.hypot(...actual.map((value, i) => value - (wanted[i] as number))) / Math.hypot(...wanted)
  );
}

/** A decomposition with these singular values and drawn vectors. */
function drawn(s: Float64Array, rows: number, columns: number): TruncatedSvd<Float64Array> {
  return {
    u: qrFloat64(gaussian(rows * s.length), rows, s.length).q,
    s,
    v: qrFloat64(gaussian(columns * s.length), columns, s.length).q,
  };
}

const identity = (size: number, value = 1) =>
  Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? value : 0));

describe('leadingSvd', () => {
  it.each([
    [230, 200],
    [200, 230],
  ])('is exact where singular values are close, %i×%i', (rows, columns) => {
    const close = Float64Array.from({ length: 200 }, (_, k) => 12 * 0.995 ** k);
    const whole = drawn(close, rows, columns);
    const svd = leadingSvd(Float32Array.from(product(whole)), rows, columns, 16);
    expect(apart(product(svd), product(whole, 16))).toBeLessThan(1e-5);
    expect(largestDifference(svd.s, close.slice(0, 16))).toBeLessThan(1e-5);
  });

  it('is the decomposition of all values, cut off', () => {
    const noise = Float32Array.from(gaussian(196 * 210));
    const [leading, exact] = [leadingSvd, truncatedSvd].map((svd) => svd(noise, 196, 210, 8));
    expect(apart(product(leading as TruncatedSvd), product(exact as TruncatedSvd))).toBeLessThan(
      1e-6,
    );
  });

  it.each([
    ['ties', Float32Array.from(identity(40, 3)), 40, 40, 12],
    [
      'a rank below the wanted one',
      Float32Array.from(product(drawn(Float64Array.of(5, 2), 30, 20))),
      30,
      20,
      4,
    ],
    ['fewer rows than the wanted rank', Float32Array.from(gaussian(3 * 50)), 3, 50, 5],
    ['zeros', new Float32Array(35), 5, 7, 2],
  ])('takes %s', (_, data, rows, columns, rank) => {
    const svd = leadingSvd(data, rows, columns, rank);
    const exact = truncatedSvd(data, rows, columns, rank);
    expect(largestDifference(svd.s, exact.s)).toBeLessThan(1e-5);
    const positive = [...exact.s].filter((value) => value > 1e-5).length;
    for (const [vectors, length] of [
      [svd.u, rows],
      [svd.v, columns],
    ] as const) {
      const kept = Float64Array.from(
        { length: length * positive },
        (_, at) => vectors[Math.floor(at / positive) * rank + (at % positive)] as number,
      );
      const gram = multiplyTransposed(kept, kept, length, positive, positive);
      expect(largestDifference(gram, identity(positive))).toBeLessThan(1e-5);
    }
    expect(svd.u).toHaveLength(rows * rank);
    expect(svd.v).toHaveLength(columns * rank);
  });

  it('refuses values that are not finite', () => {
    expect(() => leadingSvd(Float32Array.of(1, Number.NaN), 2, 1, 1)).toThrow(
      expect.objectContaining({ code: 'mismatch' }),
    );
  });
});
