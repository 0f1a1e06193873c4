/** Every row-wise kernel and product against its equation in float64; gradients against slopes. */
import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  dot,
  linear,
  rmsNorm,
  splitColumns,
  swiGlu,
  transpose,
} from '../testing/kernel-reference.ts';
import {
  deviation,
  gradientDeviation,
  loadNativeKernels,
  nativeKernelsPossible,
  normal,
  numbers,
  precisions,
  relativeError,
  stored,
  tidied,
} from '../testing/kernel-tensors.ts';
import { engine, loadEngine } from './engine.ts';
import { BFLOAT16, FLOAT32, rawOp, rawOp1 } from './raw-op.ts';

const { speed } = await loadEngine();
const epsilon = { epsilon: { float: 1e-5 } };

describe.runIf(nativeKernelsPossible)('native kernels', () => {
  beforeAll(loadNativeKernels);

  const products = [
    { op: 'QuaestorLinear', of: 'float32', by: 'float32', tolerance: 1e-5 },
    { op: 'QuaestorLinear', of: 'float32', by: 'bfloat16', tolerance: 1e-5 },
    { op: 'QuaestorSmallLinear', of: 'bfloat16', by: 'bfloat16', tolerance: 1e-2 },
    { op: 'QuaestorSmallLinearF32Out', of: 'bfloat16', by: 'bfloat16', tolerance: 1e-5 },
  ] as const;

  describe.each(products)('$op of rows in $of by weights in $by', ({ op, of, by, tolerance }) => {
    const product = (x: Tensor, w: Tensor): number[] => {
      const T = { type: by === 'float32' ? FLOAT32 : BFLOAT16 };
      return Array.from(numbers(rawOp1(op, { T }, [x, w])));
    };

    it.each([
      [1, 33, 7],
      [3, 64, 257],
      [9, 100, 33],
      [33, 576, 48],
      [1, 32, 16],
      [16, 64, 32],
      [65, 96, 80],
      [97, 96, 80],
      [200, 7, 5],
    ])(
      'multiplies %i rows of %i by %i',
      tidied((rows, inner, columns) => {
        const [x, xs] = normal([rows, inner], of);
        const [w, ws] = normal([columns, inner], by);
        const expected = linear(xs, ws, inner);
        expect(deviation(product(x, w), expected)).toBeLessThan(tolerance);
      }),
    );

    it.each([
      [64, 96],
      [100, 33],
      [5, 9],
    ])(
      'multiplies a row of %i by %i to the same bits however many go with it',
      tidied((inner, columns) => {
        const [x, xs] = normal([101, inner], of);
        const [w] = normal([columns, inner], by);
        const together = product(x, w);
        for (const row of [0, 1, 2, 7, 8, 15, 16, 31, 32, 40, 95, 96, 97, 99, 100]) {
          const values = Array.from(xs).slice(row * inner, (row + 1) * inner);
          const [alone] = stored(values, [1, inner], of);
          const own = product(alone, w);
          expect(own).toEqual(together.slice(row * columns, (row + 1) * columns));
        }
      }),
    );
  });

  describe.runIf(speed !== null && speed.bytes > 0).each([
    { by: 'float32', type: FLOAT32 },
    { by: 'bfloat16', type: BFLOAT16 },
  ] as const)('QuaestorByteLinear of rows in float32 by weights in $by', ({ by, type }) => {
    const product = (x: Tensor, w: Tensor): number[] =>
      Array.from(numbers(rawOp1('QuaestorByteLinear', { T: { type } }, [x, w])));
    const shapes = [
      [1, 32, 16],
      [5, 33, 7],
      [6, 64, 32],
      [7, 96, 257],
      [250, 100, 33],
      [33, 576, 48],
    ] as const;

    it.each(shapes)(
      'multiplies %i rows of %i by %i as closely as bytes can',
      tidied((rows, inner, columns) => {
        const [x, xs] = normal([rows, inner]);
        const [w, ws] = normal([columns, inner], by);
        const expected = linear(xs, ws, inner);
        expect(relativeError(product(x, w), expected)).toBeLessThan(0.02);
      }),
    );

    it.each(shapes)(
      'multiplies %i rows of %i by %i exactly where blocks of 32 have one number, a power of two',
      tidied((rows, inner, columns) => {
        // Mixed by Hadamard's matrix, its values are all as large, and whole beside the largest.
        const sparse = (count: number, seed: number) =>
          Array.from({ length: count }, (_, i) => {
            const [row, at] = [Math.floor(i / inner), i % inner];
            return at % 32 === (row * 7 + seed) % 32 ? (-2) ** ((row + at + seed) % 5) : 0;
          });
        const [x, xs] = stored(sparse(rows * inner, 3), [rows, inner], 'float32');
        const [w, ws] = stored(sparse(columns * inner, 3), [columns, inner], by);
        const expected = linear(xs, ws, inner);
        expect(expected.some((value) => value !== 0)).toBe(true);
        expect(deviation(product(x, w), expected)).toBeLessThan(1e-6);
      }),
    );

    it(
      'keeps the channels beside one that stands out',
      tidied(() => {
        const [, xs] = normal([40, 64]);
        const [, ws] = normal([32, 64], by);
        const loud = Array.from(xs, (value, i) => (i % 64 === 5 ? 100 * value : value));
        const quiet = Array.from(ws, (value, i) => (i % 64 === 5 ? 0 : value));
        const [large, larges] = stored(loud, [40, 64], 'float32');
        const [narrow, narrows] = stored(quiet, [32, 64], by);
        const expected = linear(larges, narrows, 64);
        // Rounded as it is, the block would keep less than half of what the others say.
        expect(relativeError(product(large, narrow), expected)).toBeLessThan(0.25);
      }),
    );

    it(
      'multiplies a row to the same bits however many go with it',
      tidied(() => {
        const [inner, columns] = [100, 33];
        const [x, xs] = normal([101, inner]);
        const [w] = normal([columns, inner], by);
        const together = product(x, w);
        for (const row of [0, 1, 5, 6, 7, 50, 99, 100]) {
          const [alone] = stored(
            Array.from(xs).slice(row * inner, (row + 1) * inner),
            [1, inner],
            'float32',
          );
          expect(product(alone, w)).toEqual(together.slice(row * columns, (row + 1) * columns));
        }
      }),
    );

    it.each([
      [1, 32, 32],
      [13, 96, 64],
      [250, 64, 96],
    ])(
      'multiplies %i rows of %i by %i to the same bits when the weights were packed before',
      tidied((rows, inner, columns) => {
        const [x] = normal([rows, inner]);
        const [w] = normal([columns, inner], by);
        const packed = rawOp1('QuaestorPackBytes', { T: { type } }, [w]);
        expect(packed.shape).toEqual([columns, inner / 4 + inner / 32]);
        const y = rawOp1('QuaestorPackedLinear', { T: { type: FLOAT32 } }, [x, packed]);
        expect(Array.from(numbers(y))).toEqual(product(x, w));
      }),
    );

    it(
      'gives 0 for rows and blocks of 0',
      tidied(() => {
        const [x] = stored(new Array(2 * 64).fill(0), [2, 64], 'float32');
        const [w] = normal([5, 64], by);
        expect(product(x, w)).toEqual(new Array(10).fill(0));
      }),
    );
  });

  describe.each(precisions)('in $precision', ({ precision, type, tolerance }) => {
    const T = { T: { type } };

    it.each([
      [1, 33],
      [7, 576],
      [257, 7],
    ])(
      'add and normalise %i rows of %i',
      tidied((rows, width) => {
        const [x, xs] = normal([rows, width]);
        const [delta, deltas] = normal([rows, width], precision);
        const [weight, weights] = normal([width]);
        const attributes = { ...T, ...epsilon };
        const total = Float64Array.from(xs, (value, i) => value + (deltas[i] as number));
        const [sum, normed] = rawOp('QuaestorAddRmsNorm', attributes, [x, delta, weight], 3);
        expect(deviation(numbers(sum as Tensor), total)).toBeLessThan(1e-6);
        const expected = rmsNorm(total, weights, 1e-5);
        expect(deviation(numbers(normed as Tensor), expected)).toBeLessThan(tolerance);

        const [none] = stored([], [0], precision);
        const alone = rawOp('QuaestorAddRmsNorm', attributes, [x, none, weight], 3);
        expect(alone[0]?.shape).toEqual([0, width]);
        const unchanged = rmsNorm(xs, weights, 1e-5);
        expect(deviation(numbers(alone[1] as Tensor), unchanged)).toBeLessThan(tolerance);
      }),
    );

    it.each([
      [1, 21],
      [33, 100],
    ])(
      'give the slopes of RMSNorm for %i rows of %i',
      tidied((rows, width) => {
        const [sum, sums] = normal([rows, width]);
        const [dnormed, dnormeds] = normal([rows, width], precision);
        const [dsum, dsums] = normal([rows, width]);
        const [weight, weights] = normal([width]);
        const [none] = stored([], [0], precision);
        const forward = [sum, none, weight];
        const rstd = rawOp('QuaestorAddRmsNorm', { ...T, ...epsilon }, forward, 3)[2] as Tensor;
        const [dx, low] = rawOp('QuaestorRmsNormGrad', T, [dnormed, sum, weight, rstd, dsum], 2);
        const loss = (x: Float64Array) => dot(rmsNorm(x, weights, 1e-5), dnormeds) + dot(x, dsums);
        expect(gradientDeviation(dx as Tensor, loss, sums)).toBeLessThan(1e-4);
        expect(gradientDeviation(low as Tensor, loss, sums)).toBeLessThan(tolerance);
      }),
    );

    it.each([
      [1, 7],
      [33, 100],
      [257, 16],
    ])(
      'gate %i rows of %i, with slopes',
      tidied((rows, width) => {
        const [gateUp, values] = normal([rows, 2 * width], precision);
        const act = rawOp1('QuaestorSwiGlu', T, [gateUp]);
        expect(deviation(numbers(act), swiGlu(values, width))).toBeLessThan(tolerance);
        const [dact, dacts] = normal([rows, width], precision);
        const gradient = rawOp1('QuaestorSwiGluGrad', T, [dact, gateUp]);
        const loss = (x: Float64Array) => dot(swiGlu(x, width), dacts);
        expect(gradientDeviation(gradient, loss, values)).toBeLessThan(tolerance);
      }),
    );

    it.each([
      [1, 33, 7],
      [7, 16, 4],
      [19, 100, 33],
      [65, 576, 48],
    ])(
      'correct %i rows of %i by rank %i, down and up',
      tidied((rows, width, rank) => {
        const [x, xs] = normal([rows, width], precision);
        const [a, as] = normal([rank, width], precision);
        const joined = rawOp1('QuaestorLowRankDown', T, [x, a]);
        expect(joined.shape).toEqual([rows, width + rank]);
        const both = splitColumns(numbers(joined), width, rank);
        expect(both.left).toEqual(Float64Array.from(xs));
        expect(deviation(both.right, linear(xs, as, width))).toBeLessThan(tolerance);

        const [d, ds] = normal([rows, width + rank], precision);
        const { left, right } = splitColumns(ds, width, rank);
        const through = linear(right, transpose(as, width), rank);
        const expected = left.map((value, i) => value + (through[i] as number));
        const dx = rawOp1('QuaestorLowRankUp', T, [d, a]);
        expect(dx.shape).toEqual([rows, width]);
        expect(deviation(numbers(dx), expected)).toBeLessThan(tolerance);
      }),
    );
  });

  it(
    'say what is wrong with shapes',
    tidied(() => {
      const zeros = (...shape: number[]) => engine().tf.zeros(shape);
      const float = { T: { type: FLOAT32 } };
      const run = (name: string, inputs: Tensor[], outputs: number) => () =>
        rawOp(
          name,
          name === 'QuaestorAddRmsNorm' ? { ...float, ...epsilon } : float,
          inputs,
          outputs,
        );
      expect(run('QuaestorSwiGlu', [zeros(4)], 1)).toThrow(
        'gate_up must have rank 2, got shape [4]',
      );
      expect(run('QuaestorSwiGlu', [zeros(2, 3)], 1)).toThrow('even number of columns, got 3');
      expect(run('QuaestorLinear', [zeros(2, 3), zeros(5, 4)], 1)).toThrow(
        'w must have shape [5,3], got [5,4]',
      );
      if (speed !== null && speed.bytes > 0) {
        expect(run('QuaestorPackBytes', [zeros(32, 33)], 1)).toThrow(
          'w must have sizes that 32 divides, got [32,33]',
        );
      }
      expect(run('QuaestorLowRankDown', [zeros(2, 3), zeros(5, 4)], 1)).toThrow(
        'a must have shape [5,3], got [5,4]',
      );
      expect(run('QuaestorLowRankUp', [zeros(2, 8), zeros(5, 4)], 1)).toThrow(
        'd must have shape [2,9], got [2,8]',
      );
      expect(run('QuaestorAddRmsNorm', [zeros(2, 3), zeros(2, 4), zeros(3)], 3)).toThrow(
        'delta must have shape [2,3], got [2,4]',
      );
    }),
  );
});
