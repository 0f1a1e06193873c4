/** Tables as reports are: a title above, a row of totals below, numbers in another unit. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { learnTable } from './learn.ts';
import { predictTable } from './predict-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-reported-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const lines = (count: number, cells: (i: number) => readonly (string | number)[]) =>
  Array.from({ length: count }, (_, i) => `${cells(i).join()}\n`).join('');

const HEADER = 'share,city,left\n';
const share = (i: number) => 40 + ((i * 37) % 600) / 10;
const city = (i: number) => ['Bern', 'Genf', 'Zug'][i % 3] as string;
const customers = lines(80, (i) => [share(i), city(i), share(i) > 70 ? 'yes' : 'no']);
const train = write('customers.csv', `${HEADER}${customers}`);
const others = lines(30, (i) => [share(i + 7), city(i), '']);
const learned = await learnTable({ file: train, target: 'left', trees: 5 });

async function lateWarnings(file: string, from = { ...learned, fromItself: false }) {
  const table = await predictTable(from, file);
  let rows = 0;
  for await (const some of table.predictions()) rows += some.length;
  return { rows, told: table.lateWarnings().map(({ en }) => en) };
}

describe('a title above the header', () => {
  it.each([
    ['of one cell', 'Customers of 2026\n', 2],
    ['over all columns, and a blank line', 'Customers of 2026,,\n\n,,\n', 4],
    ['behind what a spreadsheet says of itself', 'sep=,\n\nCustomers of 2026\n', 4],
  ])('%s: the header is found below it', async (_, title, line) => {
    const file = write('title.csv', `${title}${HEADER}${customers}`);
    const told = `what stands above the header, line ${line}, is passed over: 'Customers of 2026'`;
    const { warnings, labelled } = await learnTable({ file, target: 'left', trees: 5 });
    expect([labelled, warnings.map(({ en }) => en)]).toEqual([80, expect.arrayContaining([told])]);
    expect((await predictTable(learned, file)).warnings.map(({ en }) => en)).toContain(told);
  });

  it('of several names is told, with the line of the header', async () => {
    const file = write('groups.csv', `Customer,Place,\n${HEADER}${customers}`);
    const hint = 'Line 2 looks like the header: remove the lines above it.';
    await expect(learnTable({ file, target: 'left' })).rejects.toThrow(
      new RegExp(`no column "left"; it has Customer, Place, column_3\\. ${hint}$`),
    );
    await expect(predictTable(learned, file)).rejects.toThrow(hint);
  });

  it('is no reason where no line has the name', async () => {
    const late = `${'a,b\n'.repeat(11)}${HEADER}`;
    for (const rest of [customers, late]) {
      const file = write('none.csv', `a,b,c\n${rest}`);
      await expect(learnTable({ file, target: 'left' })).rejects.toThrow(/it has a, b, c\.$/);
    }
    await expect(predictTable(learned, write('none.csv', 'a,b\n1,2\n'))).rejects.toThrow(
      /it has a, b\. Rename or add them:/,
    );
  });
});

describe('a row of totals at the end', () => {
  it.each([
    [`${others}2134.5,Total,\n`, 'Total', 'city'],
    [`${others}Summe,,\n`, 'Summe', 'share'],
    [`${others}合计：,,\n`.replace('：', ''), '合计', 'share'],
  ])('%#: is told where it is predicted', async (rows, cell, column) => {
    const { rows: count, told } = await lateWarnings(write('totals.csv', `${HEADER}${rows}`));
    expect(count).toBe(31);
    expect(told).toContain(
      `row 31, the last, has '${cell}' in column ${column} and is predicted like any other: take it out if it sums up the rest`,
    );
  });

  it('is told above a line of what made the report', async () => {
    const rows = `${others}\n2134.5,Total,\n,Made on Monday,\n`;
    const { told } = await lateWarnings(write('made.csv', `${HEADER}${rows}`));
    expect(told).toContainEqual(expect.stringMatching(/^row 31, near the end, has 'Total' in/));
  });

  it('is told where it is learned from, once', async () => {
    const file = write('learned.csv', `${HEADER}${customers}5000,Total,yes\n`);
    const { warnings } = await learnTable({ file, target: 'left', trees: 5 });
    expect(warnings.map(({ en }) => en)).toContainEqual(
      expect.stringMatching(/^row 81, the last, has 'Total' in column city and is learned from/),
    );
    const own = { ...learned, fromItself: true };
    expect((await lateWarnings(file, own)).told).toEqual([]);
  });

  it('is none where others have the cell, or it is the label', async () => {
    const common = lines(30, (i) => [share(i), i % 2 ? 'Total' : 'Bern', '']);
    const labelled = `${others}55.5,Bern,Total\n`;
    for (const rows of [common, labelled]) {
      const { told } = await lateWarnings(write('common.csv', `${HEADER}${rows}`));
      expect(told.filter((one) => one.includes('the last'))).toEqual([]);
    }
  });
});

describe('tables that were put together', () => {
  it('have the header again, which is no row to learn from', async () => {
    const file = write('again.csv', `${HEADER}${customers}${HEADER},,\n${others}`);
    const { schema, labelled, warnings, ...rest } = await learnTable({
      ...{ file, target: 'left', trees: 5 },
    });
    expect(rest.kind === 'classifier' && rest.classes).toEqual(['no', 'yes']);
    expect([labelled, schema.columns[0]?.kind]).toEqual([80, 'numeric']);
    expect(warnings.map(({ en }) => en)).toContain(
      'the header stands again in row 81, which is not learned from',
    );
  });

  it('have it told where it is predicted', async () => {
    const file = write('again.csv', `${HEADER}${others}${HEADER}${others}`);
    const table = await predictTable({ ...learned, fromItself: false }, file);
    const told: string[] = [];
    for await (const some of table.predictions()) {
      for (const { row, warnings } of some) told.push(...warnings.map(({ en }) => `${row} ${en}`));
    }
    expect(told).toContain('31 repeats the header');
  });
});

describe('rows of groups', () => {
  const grouped = (first: (i: number) => string) =>
    `branch,${HEADER}${lines(60, (i) => [first(i), share(i), city(i), i % 2 ? '' : share(i) > 70 ? 'yes' : 'no'])}`;
  const toldOf = async (first: (i: number) => string) => {
    const { warnings } = await learnTable({
      ...{ file: write('groups.csv', grouped(first)), target: 'left', trees: 5 },
    });
    return warnings.map(({ en }) => en).filter((one) => one.includes('merged'));
  };

  it('whose name stands in the first alone are told', async () => {
    expect(await toldOf((i) => (i % 6 === 0 ? `Branch ${i % 5}` : ''))).toEqual([
      'column branch is filled in only where a group of rows begins, as merged cells are: 50 of 60 rows do not have its value; fill it down before labelling',
    ]);
  });

  it('are none where values follow themselves, or most rows have one', async () => {
    expect(await toldOf((i) => (i % 3 === 0 ? 'Branch' : ''))).toEqual([]);
    expect(await toldOf((i) => (i % 6 === 0 ? '' : `Branch ${i % 5}`))).toEqual([]);
  });
});

describe('numbers in another unit than those learned from', () => {
  const toldOf = async (cells: (i: number) => string | number, count = 30) =>
    (
      await lateWarnings(
        write('units.csv', `${HEADER}${lines(count, (i) => [cells(i), city(i), ''])}`),
      )
    ).told;

  it('are told where all lie outside, or in a small part', async () => {
    expect(await toldOf((i) => (share(i) / 100).toFixed(3))).toEqual([
      'share has numbers from 0.4 to 0.992, outside of what was learned from, 40 to 99.2: are they in another unit?',
    ]);
    expect(await toldOf((i) => 70 + i / 100)).toEqual([
      'share has numbers from 70 to 70.29, a small part of what was learned from, 40 to 99.2: are they in another unit?',
    ]);
  });

  it('are not meant by numbers that are alike, few, or of a part of the rows', async () => {
    expect(await toldOf(share)).toEqual([]);
    expect(await toldOf(() => 50)).toEqual([]);
    expect(await toldOf((i) => i / 100, 5)).toEqual([]);
    const rising = (i: number) => (i < 2000 ? 40 + i / 1e6 : 99);
    expect(await toldOf(rising, 20_000)).toEqual([]);
  });
});
