/** Row-wise operations against their definitions, in both forms; gradients in closed form. */
import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/index.ts';
import { cast, castRaw } from './cast.ts';
import { loadEngine, type Precision, useFusedKernels } from './engine.ts';
import { fork } from './fork.ts';
import { interleaveRows } from './interleave-rows.ts';
import { precisionOf } from './raw-op.ts';
import { scaleColumns } from './scale-columns.ts';

const { fused, tf } = await loadEngine();

const forms: { fused: boolean; precision: Precision; tolerance: number }[] = [
  ...(fused
    ? ([
        { fused: true, precision: 'float32', tolerance: 1e-6 },
        { fused: true, precision: 'bfloat16', tolerance: 2e-2 },
      ] as const)
    : []),
  { fused: false, precision: 'float32', tolerance: 1e-6 },
];

describe.each(forms)('fused: $fused, $precision', ({ fused: on, precision, tolerance }) => {
  beforeAll(() => {
    useFusedKernels(on);
    return () => useFusedKernels(fused);
  });
  const values = (tensor: Tensor): number[] => [...castRaw(tensor, 'float32').dataSync()];
  const a = [1.5, -2, 3, 0.25, 4, -1];

  /** Values of f and the gradients of Σ w·f with w = 1, 2, 3 …; inputs enter in the precision. */
  function differentiate(f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]) {
    const weighted = (...wide: Tensor[]): Tensor => {
      const y = cast(f(...wide), 'float32');
      const weights = tf.reshape(tf.range(1, y.size + 1, 1, 'float32'), y.shape);
      return tf.sum(tf.mul(y, weights));
    };
    return {
      y: values(f(...inputs)),
      gradients: tf
        .grads(weighted as never)([...inputs])
        .map(values),
    };
  }
  const enter = (x: Tensor): Tensor => cast(x, precision);

  it('fork', () => {
    tf.tidy(() => {
      const { y, gradients } = differentiate(
        (x) => {
          const [first, second] = fork(enter(x));
          return tf.add(tf.mul(cast(first, 'float32'), 2), cast(second, 'float32'));
        },
        [tf.tensor2d(a, [2, 3])],
      );
      expect(largestDifference(y, [4.5, -6, 9, 0.75, 12, -3])).toBeLessThan(tolerance);
      expect(gradients).toEqual([[3, 6, 9, 12, 15, 18]]);
      const alone = differentiate((x) => fork(enter(x))[0], [tf.tensor2d(a, [2, 3])]);
      expect(alone.gradients).toEqual([[1, 2, 3, 4, 5, 6]]);
    });
  });

  it('scaleColumns', () => {
    tf.tidy(() => {
      const x = tf.tensor2d(a, [2, 3]);
      const { y, gradients } = differentiate(
        (rows, scale) => scaleColumns(enter(rows), scale),
        [x, tf.tensor1d([2, 0.5, 1])],
      );
      expect(largestDifference(y, [3, -1, 3, 0.5, 2, -1])).toBeLessThan(tolerance);
      expect(gradients).toEqual([
        [2, 1, 3, 8, 2.5, 6],
        [2.5, 16, 3],
      ]);
      expect(precisionOf(scaleColumns(enter(x), tf.ones([3])))).toBe(precision);
    });
  });

  it('scaleColumns keeps a scale near 1 apart from 1', () => {
    tf.tidy(() => {
      const y = scaleColumns(enter(tf.tensor2d([[192]])), tf.tensor1d([1.004]));
      expect(values(y)[0]).toBeCloseTo(192.77, precision === 'float32' ? 2 : -1);
      expect(values(y)[0]).not.toBe(192);
    });
  });

  it('interleaveRows', () => {
    tf.tidy(() => {
      const index = (list: number[]): Tensor => tf.tensor1d(list, 'int32');
      const order = {
        order: index([0, 2, 3, 1]),
        insertedAt: index([0, 3]),
        givenAt: index([1, 2]),
      };
      const { y, gradients } = differentiate(
        (inserted, given) => interleaveRows(enter(inserted), enter(given), order),
        [tf.tensor2d([1, 2], [2, 1]), tf.tensor2d([10, 20], [2, 1])],
      );
      expect(y).toEqual([1, 10, 20, 2]);
      expect(gradients).toEqual([
        [1, 4],
        [2, 3],
      ]);
    });
  });
});
