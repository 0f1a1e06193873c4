import { describe, expect, it } from 'vitest';
import type { Cell } from './cells.ts';
import { chartAxes, chartChoices } from './chart-choice.ts';

type Row = (index: number) => readonly Cell[];
const name: (index: number) => string = (index) => `name ${index}`;
const made = (length: number, row: Row) => Array.from({ length }, (_, index) => row(index));

describe('chartChoices', () => {
  it.each<[string | undefined, readonly string[], number, Row]>([
    ['bar', ['name', 'total'], 3, (i) => [name(i), i]],
    ['line', ['month', 'total'], 3, (i) => [`2024-0${i + 1}`, i]],
    ['line', ['year', 'total'], 4, (i) => [2019 + i, i]],
    ['bar', ['fund_id', 'total'], 3, (i) => [2001 + i, i]],
    ['scatter', ['low', 'high'], 3, (i) => [i, i]],
    ['histogram', ['size'], 20, (i) => [i]],
    [undefined, ['size'], 3, (i) => [i]],
    [undefined, ['name', 'fund_id'], 3, (i) => [name(i), i]],
    [undefined, ['name', 'total'], 1, (i) => [name(i), i]],
    ['histogram', ['name', 'total'], 201, (i) => [name(i), i]],
  ])('%s for %j of %i rows', (kind, columns, length, row) => {
    expect(chartChoices(columns, made(length, row))[0]?.kind).toBe(kind);
  });

  it('offers every chart that the columns allow, with other columns for its axes', () => {
    const columns = ['month', 'name', 'low', 'high'];
    const rows = made(9, (i) => [`2024-0${i + 1}-01`, name(i), i, i * 2]);
    expect(chartChoices(columns, rows)).toEqual([
      { kind: 'line', x: 0, y: 2 },
      { kind: 'bar', x: 1, y: 2 },
      { kind: 'scatter', x: 2, y: 3 },
      { kind: 'histogram', x: 2, y: null },
    ]);
    expect(chartAxes('bar', columns, rows)).toEqual({ x: [1, 0], y: [2, 3] });
  });
});
