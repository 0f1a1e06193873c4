import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { type KernelCurve, plainCurve, spanningColumns } from './kernel-curve.ts';
import { curveInLanes } from './kernel-curve-lanes.ts';
import { emptyMatrix } from './matrix.ts';

const random = seededRandom(3);

function spanningRows(rows: number, columns: number) {
  const matrix = emptyMatrix(rows, columns);
  for (let i = 0; i < matrix.values.length; i++) {
    if (random.next() < 0.3) matrix.values[i] = Math.fround(random.normal());
  }
  return spanningColumns(matrix);
}

describe('curveInLanes', () => {
  it.each([
    [1, 1],
    [9, 5],
    [96, 118],
    [64, 40],
  ])('is bit for bit what the plain one is: %i spanning rows, %i columns', (rows, columns) => {
    const spanning = spanningRows(rows, columns);
    const plain = plainCurve(spanning);
    const lanes = curveInLanes(spanning) as KernelCurve;
    const places = Int32Array.from({ length: columns }, (_, j) => j);
    const same = (size: number, scale: number, given?: number) => {
      const values = Float64Array.from(places, () => size * random.normal());
      const [from, to] = [columns >> 2, columns - (columns >> 3)];
      const inside = values.subarray(from, to);
      const square = given ?? inside.reduce((sum, value) => sum + value * value, 0);
      for (const curve of [plain, lanes]) curve.find({ places, values }, from, to, square, scale);
      expect(lanes.values.subarray(0, rows)).toEqual(plain.values.subarray(0, rows));
    };
    for (let i = 0; i < 50; i++) same(1, -0.01);
    // Far away, where it is 0, and as near as rounding lets distances fall below 0.
    for (const size of [0, 1e-9, 10, 1000, 1e200]) same(size, -0.3);
    for (const square of [-1e9, 0, Number.POSITIVE_INFINITY, Number.NaN]) same(1, -0.01, square);
    same(1, -1e-300);
  });

  it('takes rows of which nothing is filled', () => {
    const spanning = spanningRows(20, 7);
    const [plain, lanes] = [plainCurve(spanning), curveInLanes(spanning) as KernelCurve];
    const none = { places: new Int32Array(), values: new Float64Array() };
    for (const curve of [plain, lanes]) curve.find(none, 0, 0, 0, -0.1);
    expect(lanes.values.subarray(0, 20)).toEqual(plain.values.subarray(0, 20));
    expect(curveInLanes(spanningRows(0, 7))).toBeNull();
  });
});
