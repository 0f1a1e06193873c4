import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { csvToTable } from './csv-to-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The table that a text becomes. */
async function tableOf(text: string) {
  const file = join(folder, 'table.csv');
  writeFileSync(file, text);
  const database = new Database(':memory:');
  try {
    const { rows: count, warnings } = await csvToTable(file, database, 'rows', () => {});
    const select = database.prepare('select * from "rows"').raw();
    const names = select.columns().map(({ name }) => name);
    return { count, warnings, names, rows: select.all() };
  } finally {
    database.close();
  }
}

describe('csvToTable', () => {
  it('keeps columns that are named as what objects have', async () => {
    expect(await tableOf('__proto__,constructor\n1,2\n')).toEqual({
      count: 1,
      warnings: [],
      names: ['__proto__', 'constructor'],
      rows: [[1, 2]],
    });
  });

  it('reads amounts with commas and in brackets as numbers, and says so', async () => {
    const text = 'name,amount,count\na,"1,234.50","2,000"\nb,(500.00),12\nc,,7\n';
    const { rows, warnings } = await tableOf(text);
    expect(rows).toEqual([
      ['a', 1234.5, 2000],
      ['b', -500, 12],
      ['c', null, 7],
    ]);
    expect(warnings.map(({ en }) => en)).toEqual([
      'column amount is read as numbers: 1,234.50 as 1234.50',
      'column count is read as numbers: 2,000 as 2000',
    ]);
  });

  it.each([
    ['a decimal comma', 'a;b\n1,234;x\n5,678;y\n', '1,234'],
    ['groups of other sizes', 'a,b\n"12,34",x\n"1,234",y\n', '12,34'],
    ['a zero before', 'a,b\n"001,234",x\n', '001,234'],
    ['a word', 'a,b\n"1,234",x\nnone,y\n', '1,234'],
    ['brackets around a word', 'a,b\n(x),x\n', '(x)'],
  ])('keeps what may be something else as it is: %s', async (_what, text, first) => {
    const [row] = (await tableOf(text)).rows as unknown[][];
    expect(row?.[0]).toBe(first);
  });

  it('keeps zeros before a number, and what no number can hold', async () => {
    const { rows } = await tableOf('id,big,year\n007,123456789012345678901,2024\n');
    expect(rows).toEqual([['007', '123456789012345678901', 2024]]);
  });

  it.each([
    ['rows of other lengths', 'a,b\n1\n1,2,3\n4,5\n', ['a', 'b']],
    ['the same name twice', 'a,a\n1,2\n', ['a', 'a_2']],
  ])('takes %s, and tells what it changed', async (_what, text, expected) => {
    const { names, warnings } = await tableOf(text);
    expect(names).toEqual(expected);
    expect(warnings).not.toEqual([]);
  });

  it.each([
    ['a quote that is never closed', 'a,b\n"1,2\n3,4\n'],
    [
      'more columns than SQLite holds',
      `${Array.from({ length: 2001 }, (_, i) => `c${i}`).join()}\n`,
    ],
    ['no text at all', ''],
  ])('refuses %s', async (_what, text) => {
    await expect(tableOf(text)).rejects.toMatchObject({ code: expect.stringMatching(/^bad-/) });
  });
});
