import { describe, expect, it } from 'vitest';
import { countLabels } from './count-labels.ts';
import { rowLabel } from './row-label.ts';

const columns = ['size', 'region'];

describe('rowLabel', () => {
  it.each([
    ['a word for none is no label', [], ['3', 'NA'], undefined, null],
    ['unless a class is named so', ['EU', 'NA'], ['3', ' NA '], undefined, 'NA'],
    ['an empty cell is none', ['EU', 'NA'], ['3', ''], undefined, null],
    ['what was given counts before', [], ['3', 'EU'], 'US', 'US'],
    ['and was chosen, whatever it is', [], ['3', 'EU'], 'NA', 'NA'],
  ] as const)('%s', (_, classes, cells, given, label) => {
    expect(rowLabel(columns, 'region', classes)(cells, given)).toBe(label);
  });

  it('has no labels of a column that the table lacks', () => {
    const labelOf = rowLabel(columns, 'new', ['a', 'b']);
    expect([labelOf(['3', 'a']), labelOf(['3', 'a'], 'b')]).toEqual([null, 'b']);
  });
});

it('labels called NA are counted where they are a class', () => {
  const rows = [
    ['1', 'NA'],
    ['2', 'EU'],
    ['3', ''],
  ];
  const given = new Map([[3, 'NA']]);
  const count = (classes: readonly string[]) =>
    Object.fromEntries(countLabels({ columns, rows }, 'region', given, classes));
  expect(count([])).toEqual({ EU: 1, NA: 1 });
  expect(count(['EU', 'NA'])).toEqual({ EU: 1, NA: 2 });
});
