import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiply, multiplyByTransposed, multiplyTransposed, transpose } from './product.ts';

const size = fc.integer({ min: 1, max: 11 });

describe('products', () => {
  it('agree with the definition for every shape', () => {
    fc.assert(
      fc.property(size, size, size, (m, k, n) => {
        const a = Float64Array.from({ length: m * k }, (_, i) => ((i * 7) % 13) - 6);
        const b = Float64Array.from({ length: k * n }, (_, i) => ((i * 5) % 11) - 5);
        const expected = Float64Array.from({ length: m * n }, (_, at) => {
          const [i, j] = [Math.floor(at / n), at % n];
          let sum = 0;
          for (let p = 0; p < k; p++) sum += (a[i * k + p] as number) * (b[p * n + j] as number);
          return sum;
        });
        expect(multiply(a, b, m, k, n)).toEqual(expected);
        expect(multiplyByTransposed(a, transpose(b, k, n), m, k, n)).toEqual(expected);
        expect(multiplyTransposed(transpose(a, m, k), b, k, m, n)).toEqual(expected);
      }),
    );
  });
});
