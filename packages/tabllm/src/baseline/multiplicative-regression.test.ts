import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { fitMultiplicativeRegression } from './fit-multiplicative-regression.ts';
import { emptyMatrix, type Matrix, rowOf } from './matrix.ts';
import { predictMultiplicativeRegression } from './multiplicative-regression.ts';

const random = seededRandom(4);
/** Entry = (value − origin) / unit. */
const QUANTITY = { column: 0, origin: 20, unit: 10 };
const PRICE = { column: 1, origin: 8, unit: 5 };
const amounts = [QUANTITY, PRICE];
/** The third column is 1 where a tenth is taken off. */
const plain = [2];

function invoices(count: number, most = 40): { x: Matrix; y: Float64Array } {
  const x = emptyMatrix(count, 3);
  const y = Float64Array.from({ length: count }, (_, i) => {
    const [quantity, price, off] = [
      1 + random.integer(most),
      1 + 15 * random.next(),
      random.integer(2),
    ];
    rowOf(x, i).set([(quantity - 20) / 10, (price - 8) / 5, off]);
    return quantity * price * (off ? 0.9 : 1);
  });
  return { x, y };
}

describe('fitMultiplicativeRegression', () => {
  const { x, y } = invoices(60);
  const model = fitMultiplicativeRegression(x, y, { amounts, plain, zero: 0 });

  it('tells a product of columns, beyond what was learned, too', () => {
    const others = invoices(40, 80);
    for (const [i, value] of predictMultiplicativeRegression(model, others.x).entries()) {
      expect(value / (others.y[i] as number)).toBeCloseTo(1, 1);
    }
    expect(model.weights[0]).toBeCloseTo(Math.log(0.9), 2);
  });

  it('tells a ratio of columns', () => {
    const ratios = y.map((_, i) => {
      const [quantity = 0, price = 0] = rowOf(x, i);
      return (20 + 10 * quantity) / (8 + 5 * price);
    });
    const fitted = fitMultiplicativeRegression(x, ratios, { amounts, plain, zero: 0 });
    for (const [i, value] of predictMultiplicativeRegression(fitted, x).entries()) {
      expect(value / (ratios[i] as number)).toBeCloseTo(1, 1);
    }
  });

  it('says the same of values on another scale', () => {
    const standardised = y.map((value) => (value - 100) / 50);
    const fitted = fitMultiplicativeRegression(x, standardised, { amounts, plain, zero: -2 });
    const said = predictMultiplicativeRegression(model, x);
    for (const [i, value] of predictMultiplicativeRegression(fitted, x).entries()) {
      expect(100 + 50 * value).toBeCloseTo(said[i] as number, 6);
    }
  });

  it('takes columns with zeros as they are, and none below what it knows by far', () => {
    const withZero = { ...x, values: x.values.with(0, -2) };
    const fitted = fitMultiplicativeRegression(withZero, y, { amounts, plain, zero: 0 });
    expect(fitted.plain).toEqual([2, 0]);
    expect(fitted.amounts.map(({ column }) => column)).toEqual([1]);
    const none = emptyMatrix(1, 3);
    rowOf(none, 0).set([-2, -1.6, 0]);
    const [said = Number.NaN] = predictMultiplicativeRegression(model, none);
    expect(said).toBeGreaterThan(0);
    expect(Number.isFinite(said)).toBe(true);
  });
});
