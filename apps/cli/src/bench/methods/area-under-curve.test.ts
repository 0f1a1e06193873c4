import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from './area-under-curve.ts';

describe('area under the curve', () => {
  it.each([
    [[1, 2, 3, 4], [false, false, true, true], 1],
    [[4, 3, 2, 1], [false, false, true, true], 0],
    [[1, 1, 1, 1], [false, true, false, true], 0.5],
    [[0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75],
    [[1, 2, 2, 3], [false, true, false, true], 0.875],
  ])('%j with %j', (scores, labels, area) => {
    expect(areaUnderCurve(scores, labels)).toBeCloseTo(area, 12);
  });
});
