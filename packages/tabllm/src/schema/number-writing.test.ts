import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from './number-format.ts';
import { inWriting, type NumberWriting, numberWriting, writeNumber } from './number-writing.ts';

const EUROS = ['314.546,11 €', '9,50 €', '1.200,00 €'];
const PERCENT = ['12 %', '3 %', '40 %'];
const COMMA = ['66,01', '119,4', '8,25'];

const of = (cells: readonly string[]) => numberWriting(cells) as NumberWriting;

describe('writeNumber', () => {
  it.each([
    [EUROS, 238_195, '238.195,00 €'],
    [EUROS, -1234.5, '-1.234,50 €'],
    [COMMA, 74.1411, '74,1411'],
    [COMMA, 170.946, '170,946'],
    [PERCENT, 12.5, '12.5 %'],
    [['$1,234', '$20'], 1_234_567.8, '$1,234,567.8'],
    [['1', '2', '30'], 1e-7, '0.0000001'],
  ])('%j: %d', (cells, value, written) => {
    expect(writeNumber(value, of(cells))).toBe(written);
  });

  it('is read as the same number again', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((one) => {
      return Number(one.toPrecision(6));
    });
    fc.assert(
      fc.property(fc.constantFrom(EUROS, PERCENT, COMMA, ['$1,234.5']), value, (cells, one) => {
        const writing = of(cells);
        fc.pre(Math.abs(one) > 1e-6 || one === 0);
        expect(readNumber(writeNumber(one, writing), writing.format)).toBe(one + 0);
      }),
    );
  });
});

describe('inWriting', () => {
  it.each([
    [EUROS, '250.000,50 €', '250.000,50 €'],
    [EUROS, '250.000,50€', '250.000,50 €'],
    [EUROS, '€250.000', '250.000,00 €'],
    [EUROS, '-€ 5', '-5,00 €'],
    [EUROS, '250000', '250.000,00 €'],
    [EUROS, '250.000,50', '250.000,50 €'],
    [EUROS, 'dear', null],
    [EUROS, '$5', null],
    [PERCENT, '12%', '12 %'],
    [PERCENT, '0.12', null],
    [PERCENT, '250000', null],
    [COMMA, '1,2,3', null],
    [COMMA, '12 %', null],
    [COMMA, '250000.5', '250000,5'],
    [COMMA, '1.234', null],
  ])('%j: %s', (cells, typed, written) => {
    expect(inWriting(typed, of(cells))).toBe(written);
  });

  it('has no writing of words', () => {
    expect(numberWriting(['a', 'b'])).toBeNull();
    expect(numberWriting([])).toBeNull();
  });
});
