import { expect, it } from 'vitest';
import { type CellType, cellType, toValue, widen } from './cell-type.ts';

it.each([
  ['0', 'INTEGER'],
  ['-12', 'INTEGER'],
  ['9007199254740993', 'BIGINT'],
  ['9223372036854775807', 'BIGINT'],
  ['-9223372036854775808', 'BIGINT'],
  ['9223372036854775808', 'TEXT'],
  ['007', 'TEXT'],
  ['+5', 'TEXT'],
  ['-0', 'TEXT'],
  ['1e5', 'TEXT'],
  ['1,234', 'TEXT'],
  [' 1', 'TEXT'],
  ['1.10', 'REAL'],
  ['-0.5', 'REAL'],
  ['.5', 'TEXT'],
  ['0.1234567890123456789', 'TEXT'],
  ['12345678901234567890.5', 'TEXT'],
  ['2024-01-31', 'TEXT'],
  ['NaN', 'TEXT'],
  ['', null],
] as const)('%j is %s', (cell, type) => {
  expect(cellType(cell)).toBe(type);
});

it.each([
  [['1', '', '2'], 'INTEGER'],
  [['1', '2.5'], 'REAL'],
  [['2.5', '1'], 'REAL'],
  [['2.5', '9007199254740993'], 'TEXT'],
  [['9007199254740993', '2.5'], 'TEXT'],
  [['1', '9007199254740993', '2'], 'BIGINT'],
  [['1', 'N/A', '2'], 'TEXT'],
  [['', ''], null],
] as const)('a column of %j is %s', (cells, type) => {
  const wide = cells.reduce<CellType | null>((known, cell) => widen(known, cell), null);
  expect(wide).toBe(type);
});

it('stores what comes back as it was written', () => {
  expect(toValue('9007199254740993', 'INTEGER')).toBe(9007199254740993n);
  expect(toValue('1.10', 'REAL')).toBe(1.1);
  expect(toValue('007', 'TEXT')).toBe('007');
  expect(toValue('', 'TEXT')).toBeNull();
});
