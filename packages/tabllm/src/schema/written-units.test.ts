import { describe, expect, it } from 'vitest';
import { inferSchema } from './infer.ts';
import { type NumberFormat, numberOf } from './number-format.ts';
import { readValue } from './read-value.ts';
import type { ColumnSchema } from './table-schema.ts';

/** The column of so many cells, these in turn. */
function columnOf(cells: readonly string[], count = 60): ColumnSchema {
  const rows = Array.from({ length: count }, (_, i) => [
    cells[i % cells.length] as string,
    `x${i}`,
  ]);
  return inferSchema(['given', 'other'], rows).columns[0] as ColumnSchema;
}

const range = (count: number, write: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => write(i));

describe('numbers with words behind them', () => {
  it.each<[string, readonly string[], string, number]>([
    ['a unit', range(30, (i) => `${i + 3} months`), '7 months', 7],
    ['one without a blank', range(30, (i) => `${(i / 4).toFixed(2)}x`), '2.50x', 2.5],
    ['a Chinese one', range(30, (i) => `${20 + i}岁`), '35岁', 35],
    [
      'months and years',
      range(30, (i) => (i % 3 ? `${i + 1} mos` : `${i + 1} yrs`)),
      '2 yrs',
      730.5,
    ],
    [
      'several in a cell',
      range(30, (i) => `${i + 1} yrs ${(i % 11) + 1} mos`),
      '1 yrs 2 mos',
      426.125,
    ],
    ['weights', range(30, (i) => (i % 2 ? `${i} kg` : `${100 + i} g`)), '3 kg', 3000],
    ['lengths', range(30, (i) => (i % 2 ? `${i}.5 km` : `${i + 50} m`)), '2.5 km', 2_500_000],
    [
      'thousands and millions',
      range(30, (i) => (i % 2 ? `$${i}.5M` : `$${i + 1}K`)),
      '$1.5M',
      1.5e6,
    ],
    ['pounds in millions', range(30, (i) => `£${i + 1}.5m`), '£4.5m', 4.5e6],
    ['billions in words', range(30, (i) => (i % 2 ? `${i} bn` : `${i + 2} million`)), '3 bn', 3e9],
    ['metres alone', range(30, (i) => `${i + 1} m`), '12 m', 12],
    ['dollars of a country', range(30, (i) => `US$${i + 1},000`), 'US$2,000', 2000],
  ])('are read: %s', (_, cells, cell, value) => {
    const column = columnOf(cells);
    expect(column.kind).toBe('numeric');
    expect(numberOf(cell, (column as { format: NumberFormat }).format)).toBeCloseTo(value, 6);
    for (const own of cells) expect(readValue(own, column), own).not.toBeNull();
  });

  it.each<[string, readonly string[]]>([
    ['house numbers', range(40, (i) => `${i} ${['Oak', 'Elm', 'High', 'Mill'][i % 4]}`)],
    ['flats', range(40, (i) => `${i}${'abcd'[i % 4]}`)],
    ['codes', range(40, (i) => `${i}X`)],
    ['places', range(40, (i) => `0${i} kg`)],
    ['sizes of two measures', range(40, (i) => (i % 2 ? `${i} kg` : `${i} km`))],
  ])('are none: %s', (_, cells) => {
    expect(columnOf(cells).kind).not.toBe('numeric');
  });

  it('may stand beside a few words that say there is none', () => {
    const cells = range(40, (i) =>
      i % 5 === 0 ? (['thin file', 'pending'][i % 2] ?? '') : `${600 + i}`,
    );
    const column = columnOf(cells);
    expect(column.kind).toBe('numeric');
    expect(readValue('612', column)).toBe(612);
    expect(readValue('thin file', column)).toBeNull();
    const many = range(40, (i) => (i % 2 ? `${i}` : `word ${'abcdefghijklmnopqrst'[i / 2]}`));
    expect(columnOf(many).kind).not.toBe('numeric');
    const mostly = range(40, (i) => (i % 4 ? 'none yet' : `${i}`));
    expect(columnOf(mostly).kind).not.toBe('numeric');
  });
});
