import { describe, expect, it } from 'vitest';
import { inferSchema } from '../schema/infer.ts';
import { fitTable } from './fit-table.ts';
import { alikeClasses, unusedColumns } from './table-warnings.ts';

/** A number in letters. */
const lettersOf = (i: number) =>
  [...String(i)].map((digit) => 'qrstuvwxyz'[Number(digit)]).join('');
const rows = Array.from({ length: 120 }, (_, i) => [
  `u-${i}`,
  String((i * 37) % 50),
  `${'abcdefgh'[i % 8]}${lettersOf(i)} ${'ijklmnop'[i % 8]}${lettersOf(i)}`,
  `k${i}x`,
]);
const labels = rows.map(([, size]) => (Number(size) > 24 ? 'good' : 'bad'));
const unusedOf = (columns: readonly string[], cells: readonly (readonly string[])[]) =>
  unusedColumns(inferSchema(columns, cells), cells);
const unusedAt = (...places: number[]) =>
  unusedOf(
    places.map((place) => ['id', 'size', 'note', 'code'][place] as string),
    rows.map((row) => places.map((place) => row[place] as string)),
  );
const english = (warnings: readonly { readonly en: string }[]) => warnings.map(({ en }) => en);

describe('columns that are not used', () => {
  it('are named in one line, one identifier aside', () => {
    expect(unusedAt(0, 1)).toEqual([]);
    expect(unusedAt(0, 1, 2, 3)).toEqual([
      {
        en: 'not used: id (identifier), note (text), code (identifier)',
        zh: '未使用的列：id（编号）、note（文本）、code（编号）',
      },
    ]);
  });

  it('are not text whose words are met again', () => {
    const cells = rows.map(([, size], i) => [
      size as string,
      `note ${i} of ${i % 2 ? 'Bonn' : 'Lyon'}`,
    ]);
    expect(unusedOf(['size', 'note'], cells)).toEqual([]);
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
    expect(english(unusedOf(['a'], [['1'], ['1']]))).toEqual([
      expect.stringMatching(/every column is empty or always the same/),
    ]);
  });
});

describe('a column that is not used although neither its name nor its values say that it is an identifier', () => {
  const told = (name: string, cellOf: (i: number) => string) =>
    unusedOf(
      [name, 'size'],
      rows.map((row, i) => [cellOf(i), row[1] as string]),
    );
  const scattered = (i: number) => (i * 7919) % 99_991;

  it('is told with one of its cells', () => {
    expect(told('Betrag', (i) => `1.${100 + i},${i % 7}0*`)).toEqual([
      {
        en: "Betrag is not used: its cells are all different and not read as numbers or dates, e.g. '1.100,00*'",
        zh: '未使用列“Betrag”：其单元格各不相同，且无法读作数字或日期，例如“1.100,00*”',
      },
    ]);
    expect(english(told('Tag', (i) => `~ ${2000 + i}/Q1`))).toEqual([
      "Tag is not used: its cells are not read as numbers or dates, e.g. '~ 2000/Q1'",
    ]);
    expect(english(told('customer', (i) => `${'abcdefgh'.repeat(2)}${scattered(i)}`))).toEqual([
      "customer is not used: its cells are all different, e.g. 'abcdefghabcdefgh0'",
    ]);
  });

  it('is not meant where either says so', () => {
    expect(told('customerId', (i) => `${scattered(i)}x`)).toEqual([]);
    expect(told('customer', (i) => `C-${String(1000 + 2 * i).padStart(6, '0')}`)).toEqual([]);
  });

  it('is told where there are no others', () => {
    const cells = rows.map((_, i) => [`${scattered(i)},5*`]);
    expect(english(unusedOf(['Betrag'], cells))).toEqual([
      expect.stringMatching(/^NO COLUMN CAN BE USED.*: Betrag \(identifier\)/),
      expect.stringMatching(/^Betrag is not used: .* '0,5\*'$/),
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
    const given = {
      ...{ columns: ['size'], target: 'y', trees: 5 },
      rows: rows.map((row) => [row[1] as string]),
      labels: mixed,
    };
    const learned = await fitTable(given);
    expect(learned.kind === 'classifier' && learned.classes).toEqual(['bad', 'good']);
    expect(english(learned.warnings)).toContainEqual(
      expect.stringContaining('taken as one: "BAD" as "bad"; "GOOD" as "good"; where'),
    );
    const upper = await fitTable({ ...given, classes: ['GOOD', 'BAD'] });
    expect(upper.kind === 'classifier' && upper.classes).toEqual(['GOOD', 'BAD']);
    const apart = await fitTable({ ...given, classes: ['good', 'GOOD', 'bad'] });
    expect(apart.kind === 'classifier' && apart.classes).toEqual(['good', 'GOOD', 'bad']);
    expect(english(apart.warnings)).toContainEqual(
      expect.stringContaining('classes of their own: "good", "GOOD"; write them alike'),
    );
  });

  it('that are words for none are told, unless they are named or all there is', async () => {
    const toldOf = async (words: readonly string[], classes?: readonly string[]) => {
      const { warnings } = await fitTable({
        ...{ columns: ['size'], target: 'y', trees: 5, ...(classes && { classes }) },
        rows: rows.map((row) => [row[1] as string]),
        labels: labels.map((label, i) =>
          i % 3 === 0 ? (words[i % words.length] as string) : label,
        ),
      });
      return english(warnings).filter((one) => one.includes('no label yet'));
    };
    const [told] = await toldOf(['TBD', 'not yet']);
    expect(told).toMatch(
      /^the cells "TBD" \(\d+\), "not yet" \(\d+\) of y are learned from as classes/,
    );
    expect(await toldOf(['unknown'], ['good', 'bad', 'unknown'])).toEqual([]);
    expect(await toldOf(['ugly'])).toEqual([]);
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
