import { expect, it } from 'vitest';
import { hasEqualRows } from './flaws.ts';

it('tells equal rows from different ones', () => {
  expect(hasEqualRows({ rows: [[1], [2]] })).toBe(false);
  expect(
    hasEqualRows({
      rows: [
        [1, 'a'],
        [2, 'a'],
        [1, 'a'],
      ],
    }),
  ).toBe(true);
  expect(hasEqualRows({ rows: [] })).toBe(false);
});
