import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fitTable } from './fit-table.ts';
import { learnTable } from './learn.ts';
import { type Prediction, predictTable } from './predict-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-label-words-'));
afterAll(() => rmSync(folder, { recursive: true }));

const labels = Array.from({ length: 60 }, (_, i) => ['EU', 'NA', 'APAC', 'na ', ''][i % 5] ?? '');
const rows = labels.map((_, i) => [String((i % 5) * 10 + (i % 3))]);
const table = { columns: ['size'], target: 'region', rows, labels, trees: 5 };
const file = join(folder, 'regions.csv');
writeFileSync(file, `size,region\n${rows.map((row, i) => `${row[0]},${labels[i]}\n`).join('')}`);
const english = ({ warnings }: { readonly warnings: readonly { readonly en: string }[] }) =>
  warnings.map(({ en }) => en).filter((en) => en.includes('no label'));

async function predicted(classes?: readonly string[]) {
  const learned = await learnTable({
    file,
    target: 'region',
    trees: 5,
    ...(classes && { classes }),
  });
  const list: Prediction[] = [];
  for await (const some of (await predictTable(learned, file)).predictions()) list.push(...some);
  return { learned, predictions: list };
}

describe('words for no label in the target', () => {
  it('are told with how often they come, and how they would be a class', async () => {
    const warning =
      'the cells "NA" (12), "na" (12) of region count as no label; where that is a class, name it among the classes: --classes EU,APAC,NA,na';
    const inMemory = await fitTable(table);
    expect([inMemory.kind === 'classifier' && inMemory.classes, english(inMemory)]).toEqual([
      ['APAC', 'EU'],
      [warning],
    ]);
    const { learned, predictions } = await predicted();
    expect(english(learned)).toEqual([warning]);
    expect(predictions).toHaveLength(36);
    const numbers = await fitTable({
      ...table,
      labels: labels.map((label, i) =>
        label === 'EU' ? String(i + 0.5) : label.slice(0, 2) && '-',
      ),
    });
    expect([numbers.kind, english(numbers)]).toEqual([
      'regressor',
      ['the cells "-" (36) of region count as no label'],
    ]);
  });

  it('are classes where they are named, letter by letter', async () => {
    const { learned, predictions } = await predicted(['EU', 'NA', 'APAC']);
    expect(learned.kind === 'classifier' && learned.classes).toEqual(['EU', 'NA', 'APAC']);
    expect(english(learned)).toEqual([
      'the cells "na" (12) of region count as no label; where that is a class, name it among the classes: --classes EU,NA,APAC,na',
    ]);
    expect(predictions.map(({ row }) => row % 5)).toEqual(
      Array.from({ length: 24 }, (_, i) => [4, 0][i % 2]),
    );
  });

  it('are named where the others are of one class', async () => {
    const few = labels.map((label) => (label === 'APAC' ? '' : label));
    await expect(fitTable({ ...table, labels: few })).rejects.toThrow(
      /has the label EU only.*Label some of each\. The cells "NA" \(12\), "na" \(12\) of region count as no label; .*--classes EU,NA,na\./,
    );
  });

  it('never are an empty cell', async () => {
    const learned = await fitTable({ ...table, classes: ['', 'EU', 'NA', 'na', 'APAC'] });
    expect(learned.kind === 'classifier' && learned.classes).toEqual(['EU', 'NA', 'na', 'APAC']);
  });
});
