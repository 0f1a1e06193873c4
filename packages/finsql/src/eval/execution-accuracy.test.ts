import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../database/execute-protocol.ts';
import { isOrdered, sameResult } from './execution-accuracy.ts';

describe('isOrdered', () => {
  it.each([
    ['select a from t order by a', true],
    ['select a from t ORDER\n BY a limit 3', true],
    ['select a from (select a from t order by a)', false],
    ["select a from t where b = 'order by'", false],
    ['select rank() over (order by a) from t', false],
    ['select a as "order" from t', false],
  ])('%s: %s', (sql, ordered) => {
    expect(isOrdered(sql)).toBe(ordered);
  });
});

describe('sameResult', () => {
  it.each<[string, SqlValue[][], SqlValue[][], boolean, boolean]>([
    ['rows in another order', [[1], [2]], [[2], [1]], false, true],
    ['rows in another order where order counts', [[1], [2]], [[2], [1]], true, false],
    [
      'columns in another order',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [
        ['a', 1],
        ['b', 2],
      ],
      true,
      true,
    ],
    ['how often a row comes', [['a'], ['a'], ['b']], [['a'], ['b'], ['b']], false, false],
    [
      'values that belong to other rows',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [
        [1, 'b'],
        [2, 'a'],
      ],
      false,
      false,
    ],
    [
      'columns that agree as bags but not as rows',
      [
        [1, 2],
        [2, 1],
        [3, 3],
      ],
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      false,
      false,
    ],
    [
      'twin columns',
      [
        [1, 2, 'a'],
        [2, 1, 'b'],
      ],
      [
        ['a', 2, 1],
        ['b', 1, 2],
      ],
      false,
      true,
    ],
    ['a column more', [[1]], [[1, 1]], false, false],
    ['nearly equal numbers', [[0.1 + 0.2]], [[0.3]], false, true],
    [
      'whole numbers beyond the tolerance of decimals',
      [[10_000_001]],
      [[10_000_002]],
      false,
      false,
    ],
    ['a whole number and a decimal', [[2]], [[2.0000000001]], false, true],
    ['what two ways to cancel out leave of 0', [[5.55e-17]], [[2.8e-17]], false, true],
    ['nothing left of a difference', [[2.8e-17]], [[0]], false, true],
    ['small figures', [[0.00012]], [[0.00013]], false, false],
    ['large sums of money', [[12345678.1]], [[12345670.95]], false, false],
    ['cents of hundreds of millions', [[312345678.11]], [[312345678.12]], false, false],
    ['sums in another order', [[123456789.12345]], [[123456789.12345 * (1 + 1e-13)]], false, true],
    [
      'a large whole number as a decimal',
      [['9007199254740994']],
      [[9007199254740994]],
      false,
      true,
    ],
    ['large whole numbers', [['9007199254740993']], [['9007199254740992']], false, false],
    [
      'large whole numbers that one decimal stands for',
      [['9007199254740993'], ['9007199254740992']],
      [[9007199254740992], [9007199254740992]],
      false,
      false,
    ],
    ['a number and its text', [[1]], [['1']], false, false],
    ['nothing and an empty text', [[null]], [['']], false, false],
    ['no rows at all', [], [], false, true],
    ['no rows and a row', [], [[1]], false, false],
  ])('%s', (_title, gold, predicted, ordered, same) => {
    expect(sameResult(gold, predicted, ordered)).toBe(same);
    expect(sameResult(predicted, gold, ordered)).toBe(same);
  });

  it('accepts any shuffle of rows and columns', () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('a', 'b'),
      fc.constant(null),
    );
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }))
      .chain(([width, height]) =>
        fc.record({
          rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), {
            minLength: height,
            maxLength: height,
          }),
          columns: fc.shuffledSubarray([...Array(width).keys()], { minLength: width }),
          order: fc.shuffledSubarray([...Array(height).keys()], { minLength: height }),
        }),
      );
    fc.assert(
      fc.property(table, ({ rows, columns, order }) => {
        const shuffled = order.map((row) => columns.map((column) => rows[row]?.[column] ?? null));
        expect(sameResult(rows, shuffled, false)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('agrees with trying every order of columns', () => {
    const value = fc.constantFrom<SqlValue>(0, 1, 'a');
    const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 3 });
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const bag = (table: readonly (readonly SqlValue[])[]) =>
      table
        .map((row) => JSON.stringify(row))
        .sort()
        .join();
    fc.assert(
      fc.property(rows, rows, (gold, predicted) => {
        const any = orders.some(
          (order) => bag(predicted.map((row) => order.map((at) => row[at] ?? null))) === bag(gold),
        );
        expect(sameResult(gold, predicted, false)).toBe(any);
      }),
      { numRuns: 300 },
    );
  });
});
