import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from './float16.ts';

const half = (value: number) => toFloat16(Float32Array.of(value))[0] as number;
const brain = (value: number) => toBfloat16(Float32Array.of(value))[0] as number;
const every16 = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);

describe('float16', () => {
  it('has the values of IEEE 754', () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x3555, 0x7c00, 0x8000);
    expect([...fromFloat16(bits)]).toEqual([
      ...[1, -2, 65_504, 2 ** -24, 2 ** -14, 0.333251953125, Number.POSITIVE_INFINITY, -0],
    ]);
  });

  it('gives every half back', () => {
    const values = fromFloat16(every16);
    const back = toFloat16(values);
    const changed = every16.filter((bits) => back[bits] !== bits && !Number.isNaN(values[bits]));
    expect([...changed]).toEqual([]);
    expect(half(Number.NaN) & 0x7fff).toBeGreaterThan(0x7c00);
  });

  it('rounds to the nearest half, ties to even', () => {
    expect(half(1 + 2 ** -11)).toBe(0x3c00);
    expect(half(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(half(2 ** -25)).toBe(0);
    expect(half(3 * 2 ** -25)).toBe(2);
    expect(half(65_519)).toBe(0x7bff);
    expect(half(65_520)).toBe(0x7c00);
    expect(half(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
    const positive = fromFloat16(every16.subarray(0, 0x7c00));
    fc.assert(
      fc.property(fc.float({ min: 0, max: 65_504, noNaN: true }), (value) => {
        const bits = half(value);
        const error = (candidate: number) => Math.abs((positive[candidate] as number) - value);
        for (const other of [bits - 1, bits + 1]) {
          if (other < 0 || other >= 0x7c00) continue;
          expect(error(bits)).toBeLessThanOrEqual(error(other));
          if (error(bits) === error(other)) expect(bits & 1).toBe(0);
        }
      }),
    );
  });
});

describe('bfloat16', () => {
  it('gives every value back', () => {
    const values = fromBfloat16(every16);
    const back = toBfloat16(values);
    const changed = every16.filter((bits) => back[bits] !== bits && !Number.isNaN(values[bits]));
    expect([...changed]).toEqual([]);
  });

  it('rounds to nearest, ties to even, and keeps NaN', () => {
    expect(brain(1)).toBe(0x3f80);
    expect(brain(1 + 2 ** -8)).toBe(0x3f80);
    expect(brain(1 + 3 * 2 ** -8)).toBe(0x3f82);
    expect(brain(3.4e38)).toBe(0x7f80);
    expect(Number.isNaN(fromBfloat16(toBfloat16(Float32Array.of(Number.NaN)))[0])).toBe(true);
  });
});
