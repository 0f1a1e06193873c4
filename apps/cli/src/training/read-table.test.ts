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

  it('draws as many rows of each class', async () => {
    const { labels } = await readLabelledTable(spec, { ...reading, shots: 8 }, folder);
    expect([...labels].sort()).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('says which columns there are where the target is none', async () => {
    const wrong = { ...spec, target: 'danger' };
    await expect(readLabelledTable(wrong, reading, folder)).rejects.toThrow(
      /no column "danger"; it has size, risk, colour/,
    );
  });
});
