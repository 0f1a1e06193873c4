import { expect, it } from 'vitest';
import { roundedQuantity } from './rounded-quantity.ts';

it.each([
  [103.5328561, 300, 103.533],
  [1234.56789, 300, 1234.57],
  [0.000123456789, 0.0001, 0.000123457],
  [0, 300, 0],
  [-1700000123.456, 250, -1700000123.46],
  [1700000123.456, 0.001, 1700000123.456],
  [1.23456789e-9, 1e-300, 1.23456789e-9],
  [1.23456789e300, 1e300, 1.23457e300],
])('%d of labels that differ by %d is %d', (value, scale, expected) => {
  expect(roundedQuantity(value, scale)).toBe(expected);
});
