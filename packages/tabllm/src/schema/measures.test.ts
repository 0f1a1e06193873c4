import { describe, expect, it } from 'vitest';
import { humanValue } from '../serialisers/human-value.ts';
import { inferSchema } from './infer.ts';
import { numberOf } from './number-format.ts';
import { readValue } from './read-value.ts';
import { type ColumnSchema, tableSchema } from './table-schema.ts';

const MONTH = 30.4375;

function read(cells: readonly string[]): (number | null)[] {
  const { columns } = inferSchema(
    ['x'],
    cells.map((cell) => [cell]),
  );
  const column = columns[0] as ColumnSchema;
  expect(column.kind).toBe('numeric');
  return cells.map((cell) => readValue(cell, column));
}

describe('numbers with units', () => {
  it.each([
    [
      ['12 pcs', '1,500 pcs', '7 pcs', '30 pcs'],
      [12, 1500, 7, 30],
    ],
    [
      ['35岁', '41岁', '28岁', '60岁'],
      [35, 41, 28, 60],
    ],
    [
      ['66,9 m²', '101,5 m²', '80,0 m²', '75,1 m²'],
      [66.9, 101.5, 80, 75.1],
    ],
    [
      ['$1.2M', '$345K', '$2.5B', '($7K)'],
      [1_200_000, 345_000, 2_500_000_000, -7000],
    ],
    [
      ['US$ 1,200.50', 'US$ 7.00', 'US$ 12.00', 'US$ 8.10'],
      [1200.5, 7, 12, 8.1],
    ],
    [
      ['18 months', '2 yrs', '1 yr', '2 yrs 3 mos'],
      [18 * MONTH, 24 * MONTH, 12 * MONTH, 27 * MONTH],
    ],
    [
      ['1 Monat', '12 Monate', '2 Jahre', '3 Monate'],
      [MONTH, 12 * MONTH, 24 * MONTH, 3 * MONTH],
    ],
    [
      ['2年', '3个月', '1年零6个月', '4年'],
      [24 * MONTH, 3 * MONTH, 18 * MONTH, 48 * MONTH],
    ],
    [
      ['7y 7m', '10m', '0y 4m', '3y 0m'],
      [91 * MONTH, 10 * MONTH, 4 * MONTH, 36 * MONTH],
    ],
    [
      ['5 min', '1.5 h', '2 days', '30 min'],
      [300, 5400, 172_800, 1800],
    ],
    [
      ['500 g', '1.2 kg', '2 t', '30 kg'],
      [500, 1200, 2_000_000, 30_000],
    ],
  ])('%j', (cells, expected) => {
    expect(read(cells)).toEqual(expected);
  });

  it.each([
    [['123A', '456A', '789A', '111A']],
    [['12D', '30F', '7A', '8C']],
    [['010 pcs', '12 pcs', '14 pcs', '15 pcs']],
    [['5 apples', '3 pears', '2 plums', '1 fig']],
    [['< 1 year', '1 year', '2 years', '10+ years']],
  ])('sees none in %j', (cells) => {
    const rows = cells.map((cell) => [cell]);
    expect(inferSchema(['x'], rows).columns[0]?.kind).not.toBe('numeric');
  });

  it('are read in other units where another table has them', () => {
    const rows = ['18 months', '2 yrs', '1 yr', '5 months'].map((cell) => [cell]);
    const schema = tableSchema.parse(inferSchema(['x'], rows));
    const [column] = schema.columns;
    if (column?.kind !== 'numeric') throw new Error('no numbers');
    expect(numberOf(' 3 Years', column.format)).toBe(36 * MONTH);
    expect(numberOf('24', column.format)).toBeNull();
    expect(humanValue('2 yrs', column, '')).toBe('2 yrs');
  });
});
