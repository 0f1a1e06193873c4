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
  stored,
  tidied,
} from '../testing/kernel-tensors.ts';
import { engine } from './engine.ts';
import { BFLOAT16, FLOAT32, rawOp, rawOp1 } from './raw-op.ts';

const epsilon = { epsilon: { float: 1e-5 } };

describe.runIf(nativeKernelsPossible)('native kernels', () => {
  beforeAll(loadNativeKernels);

  const bfloat16 = { T: { type: BFLOAT16 } };

  it.each([
    [1, 33, 7],
    [3, 64, 257],
    [9, 100, 33],
    [33, 576, 48],
    [1, 32, 16],
    [16, 64, 32],
    [65, 96, 80],
  ])(
    'multiply %i rows in bfloat16 of %i by %i',
    tidied((rows, inner, columns) => {
      const [x, xs] = normal([rows, inner], 'bfloat16');
      const [w, ws] = normal([columns, inner], 'bfloat16');
      const expected = linear(xs, ws, inner);
      const low = rawOp1('QuaestorSmallLinear', bfloat16, [x, w]);
      expect(deviation(numbers(low), expected)).toBeLessThan(1e-2);
      const exact = rawOp1('QuaestorSmallLinearF32Out', bfloat16, [x, w]);
      expect(deviation(numbers(exact), expected)).toBeLessThan(1e-5);
    }),
  );

  it.each([
    [64, 96],
    [100, 33],
  ])(
    'multiply a row in bfloat16 of %i by %i to the same bits however many go with it',
    tidied((inner, columns) => {
      const [x, xs] = normal([41, inner], 'bfloat16');
      const [w] = normal([columns, inner], 'bfloat16');
      const together = Array.from(numbers(rawOp1('QuaestorSmallLinearF32Out', bfloat16, [x, w])));
      for (const row of [0, 7, 8, 15, 16, 31, 32, 40]) {
        const values = Array.from(xs).slice(row * inner, (row + 1) * inner);
        const [alone] = stored(values, [1, inner], 'bfloat16');
        const own = Array.from(numbers(rawOp1('QuaestorSmallLinearF32Out', bfloat16, [alone, w])));
        expect(own).toEqual(together.slice(row * columns, (row + 1) * columns));
      }
    }),
  );

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
      [3, 64, 257],
      [9, 100, 33],
      [33, 576, 48],
      [1, 32, 16],
      [16, 64, 32],
      [97, 96, 80],
      [200, 7, 5],
    ])(
      'multiply %i rows in float32 of %i by %i kept so',
      tidied((rows, inner, columns) => {
        const [x, xs] = normal([rows, inner]);
        const [w, ws] = normal([columns, inner], precision);
        const product = rawOp1('QuaestorLinear', T, [x, w]);
        expect(deviation(numbers(product), linear(xs, ws, inner))).toBeLessThan(1e-5);
      }),
    );

    it.each([
      [64, 96],
      [100, 33],
      [5, 9],
    ])(
      'multiply a row in float32 of %i by %i to the same bits however many go with it',
      tidied((inner, columns) => {
        const [x, xs] = normal([101, inner]);
        const [w] = normal([columns, inner], precision);
        const together = Array.from(numbers(rawOp1('QuaestorLinear', T, [x, w])));
        for (const row of [0, 1, 2, 41, 95, 96, 97, 99, 100]) {
          const values = Array.from(xs).slice(row * inner, (row + 1) * inner);
          const [alone] = stored(values, [1, inner], 'float32');
          const own = Array.from(numbers(rawOp1('QuaestorLinear', T, [alone, w])));
          expect(own).toEqual(together.slice(row * columns, (row + 1) * columns));
        }
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
