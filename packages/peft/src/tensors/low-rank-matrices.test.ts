import type { Tensor2D } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { cast } from './cast.ts';
import { engine, loadEngine } from './engine.ts';
import { diagonalFactors, mergedMatrix, stackFactors } from './low-rank-matrices.ts';
import { seededRandom } from './random.ts';

await loadEngine();
const random = seededRandom(8);
const draw = (rows: number, columns: number): Tensor2D =>
  engine().tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  );

it.each([
  [1, 1, 1],
  [7, 5, 3],
  [64, 33, 16],
  [301, 600, 32],
])('folds corrections into [%i, %i] of rank %i as the sum says', (outputs, inputs, r) =>
  engine().tf.tidy(() => {
    const half = Math.floor(outputs / 2);
    const sizes = [half, outputs - half].filter((size) => size > 0);
    // The first part stands below the second, where there are two.
    const parts = sizes.map((size, i) => ({
      ...{ a: draw(r, inputs), b: draw(size, r), scale: 0.5 + i },
      start: sizes.length === 2 && i === 0 ? outputs - half : 0,
    }));
    const weight = draw(outputs, inputs);
    for (const precision of ['float32', 'bfloat16'] as const) {
      const given = cast(weight, precision);
      const merged = mergedMatrix(given, diagonalFactors(parts, outputs), stackFactors(parts));
      expect(merged.dtype).toBe(given.dtype);
      const values = cast(merged, 'float32').dataSync();
      const base = cast(given, 'float32').dataSync();
      const expected = Float64Array.from(base);
      for (const { a, b, scale, start } of parts) {
        const [left, right] = [b.dataSync(), a.dataSync()];
        for (let row = 0; row < (b.shape[0] as number); row++) {
          for (let column = 0; column < inputs; column++) {
            let sum = 0;
            for (let k = 0; k < r; k++) {
              sum += (left[row * r + k] as number) * (right[k * inputs + column] as number);
            }
            const at = (start + row) * inputs + column;
            expected[at] = (expected[at] as number) + scale * sum;
          }
        }
      }
      const bound = precision === 'float32' ? 2e-6 : 2 ** -8;
      const off = expected.map(
        (value, i) => Math.abs((values[i] as number) - value) / (Math.abs(value) + Math.sqrt(r)),
      );
      expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(bound);
    }
  }),
);
