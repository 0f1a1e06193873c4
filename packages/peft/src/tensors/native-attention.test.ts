/** Attention over packed rows and over the cache against its equation in float64; gradients against slopes. */
import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AttentionShape, attention, dot, pack } from '../testing/kernel-reference.ts';
import {
  deviation,
  gradientDeviation,
  integers,
  loadNativeKernels,
  nativeKernelsPossible,
  normal,
  numbers,
  precisions,
  rotary,
  stored,
  tidied,
} from '../testing/kernel-tensors.ts';
import { engine } from './engine.ts';
import { type AttributeValue, FLOAT32, rawOp, rawOp1 } from './raw-op.ts';

function attentionAttributes(type: number, shape: AttentionShape): Record<string, AttributeValue> {
  return { T: { type }, heads: { int: shape.heads }, kv_heads: { int: shape.kvHeads } };
}

describe.runIf(nativeKernelsPossible)('native attention', () => {
  beforeAll(loadNativeKernels);

  describe.each(precisions)('in $precision', ({ precision, type, tolerance }) => {
    it.each([
      { lengths: [1], heads: 2, kvHeads: 2, dim: 4 },
      { lengths: [7], heads: 3, kvHeads: 1, dim: 8 },
      { lengths: [1, 1, 33, 1, 5], heads: 3, kvHeads: 3, dim: 16 },
      { lengths: [20, 81, 64], heads: 6, kvHeads: 2, dim: 24 },
      { lengths: [257], heads: 3, kvHeads: 1, dim: 64 },
    ])(
      'attends within segments of $lengths, $heads/$kvHeads heads of $dim',
      tidied((shape) => {
        const { first, positions } = pack(shape.lengths);
        const { heads, kvHeads, dim } = shape;
        const [qkv, values] = normal([first.length, (heads + 2 * kvHeads) * dim], precision);
        const table = rotary(Math.max(...shape.lengths), dim);
        const inputs = [qkv, integers(positions), integers(first), ...table];
        const attributes = attentionAttributes(type, shape);
        const [out, lse] = rawOp('QuaestorCausalAttention', attributes, inputs, 2);
        const expected = attention(values, first, shape);
        expect(deviation(numbers(out as Tensor), expected.out)).toBeLessThan(tolerance);
        // Rotated queries and keys are rounded in bfloat16.
        const lseTolerance = precision === 'float32' ? 1e-4 : 5e-3;
        expect(deviation(numbers(lse as Tensor), expected.lse)).toBeLessThan(lseTolerance);
      }),
    );

    it.each([
      { lengths: [1, 40, 2], heads: 2, kvHeads: 2, dim: 4 },
      { lengths: [70], heads: 3, kvHeads: 1, dim: 8 },
      { lengths: [19, 33], heads: 3, kvHeads: 1, dim: 64 },
    ])(
      'gives the slopes of attention within $lengths, $heads/$kvHeads heads of $dim',
      tidied((shape) => {
        const { first, positions } = pack(shape.lengths);
        const { heads, kvHeads, dim } = shape;
        const [qkv, values] = normal([first.length, (heads + 2 * kvHeads) * dim], precision);
        const [dout, douts] = normal([first.length, heads * dim], precision);
        const table = rotary(Math.max(...shape.lengths), dim);
        const inputs = [qkv, integers(positions), integers(first), ...table];
        const attributes = attentionAttributes(type, shape);
        const results = rawOp('QuaestorCausalAttention', attributes, inputs, 2);
        const all = [...inputs, ...results, dout];
        const gradient = rawOp1('QuaestorCausalAttentionGrad', attributes, all);
        const loss = (x: Float64Array) => dot(attention(x, first, shape).out, douts);
        expect(gradientDeviation(gradient, loss, values)).toBeLessThan(tolerance);
      }),
    );

    it.each([
      { rows: 7, heads: 2, kvHeads: 2, dim: 4 },
      { rows: 33, heads: 6, kvHeads: 1, dim: 24 },
      { rows: 100, heads: 9, kvHeads: 3, dim: 64 },
    ])(
      'attends to $rows cached rows of a parent and their own, $heads/$kvHeads heads of $dim',
      tidied(({ rows, ...shape }) => {
        const { heads, kvHeads, dim } = shape;
        const { first } = pack([rows]);
        const [, values] = normal([rows, (heads + 2 * kvHeads) * dim], precision);
        const expected = attention(values, first, shape).out;
        const table = rotary(rows, dim);
        const attributes = attentionAttributes(type, shape);
        // What was not written may be anything: a cache comes as the memory was (`createLayerCache`).
        const anything = Array<number>(2 * kvHeads * (rows + 3) * dim).fill(Number.NaN);
        const cache = () => stored(anything, [2, kvHeads, rows + 3, dim], precision)[0];
        const caches = [cache(), cache()];
        // The first part is stored as the parent in slot 0, the others come as two chunks in slot 1.
        const parentLength = Math.floor(rows / 3);
        const part = (begin: number, end: number, slot: number): Tensor[] => {
          const width = (heads + 2 * kvHeads) * dim;
          const own = Array.from(values).slice(begin * width, end * width);
          const positions = Array.from({ length: end - begin }, (_, i) => begin + i);
          const slots = positions.map(() => slot);
          const [chunk] = stored(own, [end - begin, width], precision);
          return [chunk, integers(positions), integers(slots)];
        };
        const stores = [...part(0, parentLength, 0), ...table, ...caches];
        expect(rawOp1('QuaestorStoreCache', attributes, stores).shape).toEqual([0]);
        const middle = Math.ceil(rows / 2);
        for (const [begin, end] of [
          [parentLength, middle],
          [middle, rows],
        ] as const) {
          const constant = (value: number) => integers(Array<number>(end - begin).fill(value));
          const parents = [constant(0), constant(parentLength)];
          const inputs = [...part(begin, end, 1), ...parents, ...table, ...caches];
          const out = rawOp1('QuaestorCachedAttention', attributes, inputs);
          const due = expected.slice(begin * heads * dim, end * heads * dim);
          expect(deviation(numbers(out), due)).toBeLessThan(tolerance);
        }
      }),
    );
  });

  it(
    'says what is wrong with shapes and indices',
    tidied(() => {
      const zeros = (...shape: number[]) => engine().tf.zeros(shape);
      const attributes = attentionAttributes(FLOAT32, { heads: 2, kvHeads: 1, dim: 4 });
      const table = rotary(4, 4);
      const attend = (columns: number, positions: number[], first: number[]) => () => {
        const inputs = [zeros(2, columns), integers(positions), integers(first), ...table];
        rawOp('QuaestorCausalAttention', attributes, inputs, 2);
      };
      const cache = zeros(2, 1, 3, 4);
      const store = (position: number, slot: number) => () => {
        const rows = [zeros(1, 16), integers([position]), integers([slot])];
        rawOp('QuaestorStoreCache', attributes, [...rows, ...table, cache, cache]);
      };
      expect(attend(17, [0, 1], [0, 0])).toThrow('17 columns do not fit 4 heads');
      expect(attend(16, [0, 4], [0, 0])).toThrow('positions[1] = 4 lies outside the 4 rows');
      expect(attend(16, [0, 1], [0, -1])).toThrow('first[1] must be 1');
      expect(store(3, 0)).toThrow('positions[0] = 3 must be at least 0 and below 3');
      expect(store(0, 2)).toThrow('slot[0] = 2 must be at least 0 and below 2');
    }),
  );
});
