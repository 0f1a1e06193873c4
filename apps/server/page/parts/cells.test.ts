import { describe, expect, it } from 'vitest';
import { type Cell, cellFormat, columnKind, columnKinds, sortedOrder } from './cells.ts';

const written = (name: string, values: readonly Cell[]) =>
  values.map(cellFormat(columnKind(name, values), values));

describe('cells', () => {
  it('writes amounts with separators and the same decimals in each row', () => {
    expect(written('total', [1250.5, 830, null, -1234567.25])).toEqual([
      '1,250.50',
      '830.00',
      '',
      '-1,234,567.25',
    ]);
  });

  it('writes integers to the last digit, however big', () => {
    expect(written('n', ['9007199254740993', 12, '-9223372036854775808'])).toEqual([
      '9,007,199,254,740,993',
      '12',
      '-9,223,372,036,854,775,808',
    ]);
  });

  it('writes fractions with the digits that were stored, not those of their binary form', () => {
    expect(written('value', [1.1400000000000001, 1.2])).toEqual(['1.14', '1.20']);
    expect(written('value', [0.1234567, 1e-9])).toEqual(['0.1234567', '1e-9']);
  });

  it('leaves years, identifiers, dates and texts as they are', () => {
    expect(written('fund_id', [1001, 1002])).toEqual(['1001', '1002']);
    expect(written('year', [2024])).toEqual(['2024']);
    for (const name of [
      'OrderID',
      'ORDER_ID',
      'min(founded_year)',
      'max(t."FiscalYear")',
      '入职年份',
      '客户编号',
      'clientid',
    ]) {
      expect(written(name, [1985, 2024]), name).toEqual(['1985', '2024']);
    }
    for (const name of ['paid', 'bid', 'grid', '金额', 'sum(year)']) {
      expect(written(name, [1985]), name).toEqual(['1,985']);
    }
    expect(written('name', ['1234567', 'x'])).toEqual(['1234567', 'x']);
    expect(written('trade_dt', [20250115, null, 20241231])).toEqual(['20250115', '', '20241231']);
    expect(written('trade_dt / 100', [202501, 202502])).toEqual(['202501', '202502']);
    expect(written('trade_dt / 10000', [2024, 2025])).toEqual(['2024', '2025']);
    expect(written('sum(amount)', [202501])).toEqual(['202,501']);
    expect(written('amount', [202501, 202513])).toEqual(['202,501', '202,513']);
  });

  it('tells dates, numbers, codes and texts apart', () => {
    const rows = [
      ['2024-01-02', 1.5, 600519, 'a', null],
      [null, 2, 600520, '12', null],
    ];
    expect(columnKinds(['day', 'size', 'code', 'note', 'none'], rows)).toEqual([
      'date',
      'number',
      'code',
      'text',
      'text',
    ]);
    expect(columnKind('card', ['4111111111111111', '4222222222222222'])).toBe('text');
  });

  it('sorts numbers by size, texts by alphabet, NULL last either way', () => {
    const rows = [['9007199254740993'], [3], [null], ['9007199254740992'], [20]];
    expect(sortedOrder(rows, 0, false)).toEqual([1, 4, 3, 0, 2]);
    expect(sortedOrder(rows, 0, true)).toEqual([0, 3, 4, 1, 2]);
    expect(sortedOrder([['b'], ['a10'], ['a9']], 0, false)).toEqual([2, 1, 0]);
  });
});
