import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { fitTable } from './fit-table.ts';
import { alikeClasses, unusedColumns } from './table-warnings.ts';

const rows = Array.from({ length: 120 }, (_, i) => [
  `u-${i}`,
  String((i * 37) % 50),
  `note ${i} of a customer who says much`,
  `k${i}x`,
]);
const labels = rows.map(([, size]) => (Number(size) > 24 ? 'good' : 'bad'));
const schemaOf = (...places: number[]) =>
  inferSchema(
    places.map((place) => ['id', 'size', 'note', 'code'][place] as string),
    rows.map((row) => places.map((place) => row[place] as string)),
  );
const english = (warnings: readonly { readonly en: string }[]) => warnings.map(({ en }) => en);

describe('columns that are not used', () => {
  it('are named in one line, one identifier aside', () => {
    expect(unusedColumns(schemaOf(0, 1))).toEqual([]);
    expect(unusedColumns(schemaOf(0, 1, 2, 3))).toEqual([
      {
        en: 'not used: id (identifier), note (text), code (identifier)',
        zh: '未使用的列：id（编号）、note（文本）、code（编号）',
      },
    ]);
  });

  it('are loudly told where there are no others', async () => {
    const learned = await fitTable({
      columns: ['note'],
      target: 'y',
      rows: rows.map((row) => [row[2] as string]),
      labels,
      trees: 5,
    });
    expect(english(learned.warnings)).toEqual([
      expect.stringMatching(/^NO COLUMN CAN BE USED.*same prediction: note \(text\)/),
    ]);
    const constant = inferSchema(['a'], [['1'], ['1']]);
    expect(english(unusedColumns(constant))).toEqual([
      expect.stringMatching(/every column is empty or always the same/),
    ]);
  });
});

describe('labels', () => {
  it('that differ in writing only are told', async () => {
    expect(english(alikeClasses(['GOOD', 'Good', 'bad', 'very  bad', 'very bad']))).toEqual([
      expect.stringContaining('"GOOD", "Good"; "very  bad", "very bad"; write them alike'),
    ]);
    const composed = ['caf\u00e9', 'cafe\u0301', '１', '1', '1.0', '10', '01', 'the', 'thé'];
    expect(english(alikeClasses(composed))).toEqual([
      expect.stringContaining(
        ': "caf\u00e9", "cafe\u0301"; "１", "1", "1.0", "01"; write them alike',
      ),
    ]);
    expect(alikeClasses(['12345678901234567890', '12345678901234567891'])).toEqual([]);
    const mixed = labels.map((label, i) => (i % 10 === 0 ? label.toUpperCase() : label));
    const learned = await fitTable({
      columns: ['size'],
      target: 'y',
      rows: rows.map((row) => [row[1] as string]),
      labels: mixed,
      trees: 5,
    });
    expect(english(learned.warnings)).toContainEqual(
      expect.stringContaining('"BAD", "bad"; "GOOD", "good"'),
    );
  });
});

describe('a column that is filled in only where the label is', () => {
  const columns = ['size', 'outcome'];
  const cells = rows.map((row, i) => [row[1] as string, labels[i] === 'good' ? '1' : '0']);
  const base = { columns, target: 'y', labels: labels.slice(0, 80), trees: 5 };

  it('is left out', async () => {
    const unlabelled = cells.slice(80).map(([size]) => [size as string, 'NA']);
    const learned = await fitTable({ ...base, rows: cells.slice(0, 80), unlabelled });
    expect(learned.schema.columns[1]).toMatchObject({ name: 'outcome', role: 'constant' });
    expect(english(learned.warnings)).toEqual([
      'column outcome is filled in only where y is, and is left out: the rows to be predicted do not have it',
    ]);
  });

  it('stays where it may be empty by chance, or where it is not', async () => {
    const half = cells.slice(0, 80).map(([size, cell], i) => [size, i % 2 ? cell : ''] as string[]);
    const few = cells.slice(80, 83).map(([size]) => [size as string, '']);
    const some = [...cells.slice(80, 110).map(([size]) => [size as string, '']), ['3', '1']];
    for (const unlabelled of [few, some, []]) {
      const learned = await fitTable({ ...base, rows: half, unlabelled });
      expect(learned.schema.columns[1]?.role).toBe('feature');
    }
  });
});
