import { expect, it } from 'vitest';
import { rowsToRead } from './rows-to-read.ts';

const counted = (rows: readonly number[], labels: Int32Array) =>
  [0, 1].map((k) => rows.filter((row) => labels[row] === k).length);

it('has rows of a rare class among them', () => {
  const labels = Int32Array.from({ length: 1000 }, (_, i) => (i >= 996 ? 1 : 0));
  const rows = rowsToRead(labels, 2, 200);
  expect(rows.length).toBe(200);
  expect(counted(rows, labels)).toEqual([196, 4]);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
});

it('are all where there are few, and the first where classes are common', () => {
  const labels = Int32Array.from({ length: 300 }, (_, i) => i % 2);
  expect(rowsToRead(labels.slice(0, 100), 2, 200)).toEqual([...Array(100).keys()]);
  expect(rowsToRead(labels, 2, 200)).toEqual([...Array(200).keys()]);
});
