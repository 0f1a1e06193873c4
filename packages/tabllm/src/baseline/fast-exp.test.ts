import { expect, it } from 'vitest';
import { fastExp } from './fast-exp.ts';

it('is exp to eleven digits, and 0 far below', () => {
  for (let x = 0; x > -45; x -= 0.00917)
    expect(Math.abs(fastExp(x) - Math.exp(x))).toBeLessThan(1e-11);
  expect(fastExp(0)).toBe(1);
  expect(fastExp(-1e9)).toBe(0);
  expect(fastExp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(fastExp(Number.NaN)).toBeNaN();
});
