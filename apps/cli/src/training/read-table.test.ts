import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelledTable } from './read-table.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-rows-'));
  const lines = Array.from(
    { length: 40 },
    (_, i) => `${i},${i % 4 ? 'low' : 'high'},${i === 7 ? '' : `colour ${i % 3}`}`,
  );
  writeFileSync(
    join(folder, 'rows.csv'),
    ['size,risk,colour', ...lines, '41,,colour 1'].join('\n'),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readLabelledTable', () => {
  const reading = { style: 'paper', seed: 3, csv: {} } as const;
  const spec = {
    file: 'rows.csv',
    target: 'risk',
    classes: undefined,
    question: undefined,
    words: undefined,
    template: undefined,
    preset: undefined,
  };

  it('takes the labelled rows without the label, and says how they are asked about', async () => {
    const { rows, labels, recipe } = await readLabelledTable(spec, reading, folder);
    expect(rows).toHaveLength(40);
    expect(rows[4]).toEqual(['4', 'colour 1']);
    expect(labels.slice(0, 5)).toEqual([0, 1, 1, 1, 0]);
    expect(recipe).toMatchObject({
      target: 'risk',
      columns: ['size', 'colour'],
      classes: ['high', 'low'],
      words: ['high', 'low'],
      serialiser: 'text-template',
    });
  });

  it('takes words in the order of the classes that are named', async () => {
    const words = ['safe', 'risky'];
    const named = { ...spec, classes: ['low', 'high'], words };
    const { labels, recipe } = await readLabelledTable(named, reading, folder);
    expect(recipe).toMatchObject({ classes: ['low', 'high'], words });
    expect(labels.slice(0, 5)).toEqual([1, 0, 0, 0, 1]);
    const unlabelled = { ...named, target: 'none' };
    writeFileSync(join(folder, 'none.csv'), 'size,none\n1,\n2,\n');
    await expect(
      readLabelledTable({ ...unlabelled, file: 'none.csv' }, reading, folder),
    ).rejects.toThrow(/no labels/);
  });

  it('draws as many rows of each class', async () => {
    const { labels } = await readLabelledTable(spec, { ...reading, shots: 8 }, folder);
    expect([...labels].sort()).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('takes NA for no label and says so, unless it is named as a class', async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i},${['EU', 'NA', 'APAC', ''][i % 4]}`);
    writeFileSync(join(folder, 'regions.csv'), ['size,region', ...lines].join('\n'));
    const regions = { ...spec, file: 'regions.csv', target: 'region' };
    const plain = await readLabelledTable(regions, reading, folder);
    expect(plain.recipe.classes).toEqual(['APAC', 'EU']);
    expect(plain.warnings.map(({ en }) => en)).toEqual([
      'the cells "NA" (5) of region count as no label; where that is a class, name it among the classes: --classes EU,APAC,NA',
    ]);
    const named = await readLabelledTable({ ...regions, classes: ['NA'] }, reading, folder);
    expect([named.recipe.classes, named.rows.length]).toEqual([['APAC', 'EU', 'NA'], 15]);
    expect(named.warnings).toEqual([]);
    writeFileSync(join(folder, 'two.csv'), 'size,region\n1,EU\n2,NA\n');
    await expect(
      readLabelledTable({ ...regions, file: 'two.csv' }, reading, folder),
    ).rejects.toThrow(/the label EU only.*--classes EU,NA/);
  });

  it('says which columns there are where the target is none', async () => {
    const wrong = { ...spec, target: 'danger' };
    await expect(readLabelledTable(wrong, reading, folder)).rejects.toThrow(
      /no column "danger"; it has size, risk, colour/,
    );
  });
});
