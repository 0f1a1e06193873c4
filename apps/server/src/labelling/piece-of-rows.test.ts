import { describe, expect, it } from 'vitest';
import { pieceOf } from './piece-of-rows.ts';

const list = Array.from({ length: 10 }, (_, i) => i + 1);
const labelled = new Set<number>([2]);
const unlabelled = (row: number) => !labelled.has(row);

describe('a piece of rows', () => {
  it('goes on after the row seen last, though rows before it have gone from the list', () => {
    expect(pieceOf(list, unlabelled, { limit: 3, after: 0 })).toEqual({
      rows: [1, 3, 4],
      total: 9,
      passed: 0,
    });
    for (const row of [1, 3, 4]) labelled.add(row);
    expect(pieceOf(list, unlabelled, { limit: 3, after: 4 })).toEqual({
      rows: [5, 6, 7],
      total: 6,
      passed: 0,
    });
  });

  it.each([
    [{ limit: 3, after: 0, before: 8 }, [5, 6, 7], 4],
    [{ limit: 3, after: 0, before: 3 }, [1, 2], 0],
    [{ limit: 3, after: 0, before: 1 }, [], 0],
    [{ limit: 3, after: 8 }, [9, 10], 8],
    [{ limit: 3, after: 10 }, [], 10],
    [{ limit: 3, after: 99 }, [], 10],
    [{ limit: 3, after: 0, before: 99 }, [8, 9, 10], 7],
  ])('%j', (wanted, rows, passed) => {
    expect(pieceOf(list, () => true, wanted)).toEqual({ rows, total: 10, passed });
  });

  it('keeps the order of rows that are asked for', () => {
    const wanted = { limit: 2, after: 9 };
    expect(pieceOf([4, 9, 2, 7, 1], () => true, wanted)).toEqual({
      rows: [2, 7],
      total: 5,
      passed: 2,
    });
  });
});
