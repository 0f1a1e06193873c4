import { describe, expect, it } from 'vitest';
import { encoderOf } from '../baseline/encoder.ts';
import { fitEncoder } from '../baseline/fit-encoder.ts';
import { inferSchema } from './infer.ts';
import { addUnread, countUnread, type UnreadCells, unreadWarnings } from './unread-cells.ts';

const CONTRACTS = ['Month-to-month', 'One year', 'one  year', 'Two year', 'two year'];
const learned = Array.from({ length: 60 }, (_, i) => [
  `$${1 + ((i * 37) % 60)}.50`,
  CONTRACTS[i % 5] as string,
  `2024-03-${10 + (i % 20)}`,
  i % 2 ? 'Yes' : 'No',
]);
const schema = inferSchema(['charges', 'contract', 'since', 'paperless'], learned);
const encoder = encoderOf(schema, fitEncoder(schema, learned, 'rich'));

const other = [
  ['abc', 'Three year', 'May', 'yes'],
  ['', ' month-to-month ', '2024-05-01', 'NO'],
  ['79.33', 'two year', '', 'NA'],
  ['x'.repeat(50), 'TWO YEAR', '2024-05-02', 'perhaps'],
];

describe('cells that are not read as learned', () => {
  it('are counted by column, missing ones apart', () => {
    const counted = countUnread(schema, other);
    expect([...counted]).toEqual([
      [0, { missing: 1, unread: 2, cell: 'abc', row: 0 }],
      [1, { missing: 0, unread: 2, cell: 'Three year', row: 0 }],
      [2, { missing: 1, unread: 1, cell: 'May', row: 0 }],
      [3, { missing: 1, unread: 1, cell: 'perhaps', row: 3 }],
    ]);
    expect(countUnread(schema, learned)).toEqual(new Map());
  });

  it('are the same to the encoder, and in blocks', () => {
    const whole: UnreadCells = new Map();
    encoder.encode(other, whole);
    expect(new Map([...whole].sort())).toEqual(countUnread(schema, other));
    const sum: UnreadCells = new Map();
    for (const start of [0, 2]) {
      const block: UnreadCells = new Map();
      encoder.encode(other.slice(start, start + 2), block);
      addUnread(sum, block, (row) => start + row);
    }
    expect(sum).toEqual(whole);
  });

  it('are told where they are many', () => {
    expect(unreadWarnings(schema, countUnread(schema, other), { rows: 4 })).toEqual([
      {
        en: "charges: 2 of 3 cells are no numbers as learned, e.g. row 1 'abc', and are taken as missing",
        zh: 'charges：3 个单元格中有 2 个不是所学写法的数字，例如第 1 行的“abc”，按缺失处理',
      },
      {
        en: "contract: 2 of 4 cells have values that were never seen, e.g. row 1 'Three year'",
        zh: 'contract：4 个单元格中有 2 个是没有见过的值，例如第 1 行的“Three year”',
      },
      expect.objectContaining({ en: expect.stringMatching(/^since: 1 of 3 cells are no dates/) }),
      expect.objectContaining({
        en: expect.stringMatching(/^paperless: 1 of 3 .*row 4 'perhaps'$/),
      }),
    ]);
    const few: UnreadCells = new Map([[0, { missing: 80, unread: 1, cell: 'x', row: 3 }]]);
    expect(unreadWarnings(schema, few, { rows: 100 })).toEqual([]);
    expect(unreadWarnings(schema, few, { rows: 81 })).toHaveLength(1);
    const told = unreadWarnings(schema, few, { rows: 100, share: 0, numberOfRow: () => null });
    expect(told[0]?.en).toMatch(/^charges: 1 of 20 cells .*e\.g\. 'x', and/);
  });
});

describe('values in another writing', () => {
  const codeOf = (row: readonly string[]) => [...encoder.encode([row]).values];

  it('are taken for the one that can be meant', () => {
    const [first, second] = [
      ['$79.33', 'Month-to-month', '2024-03-10', 'Yes'],
      ['79.33', ' month-TO-month', '2024-03-10', 'YES'],
    ];
    expect(codeOf(second as string[])).toEqual(codeOf(first as string[]));
    const odd = (contract: string) => codeOf(['$79.33', contract, '2024-03-10', 'Yes']);
    expect(odd('TWO YEAR')).toEqual(odd('never seen'));
    expect(odd('Two year')).not.toEqual(odd('two year'));
  });
});
