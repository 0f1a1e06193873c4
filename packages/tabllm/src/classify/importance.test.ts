import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { evaluateRows } from './evaluate-rows.ts';
import { fitTable } from './fit-table.ts';
import { MOST_SHUFFLED, permutationImportance } from './importance.ts';
import { modelCard } from './model-card.ts';

const random = seededRandom(3);

describe('permutationImportance', () => {
  it('is what figures of rows with shuffled cells lose', async () => {
    const columns = ['size', 'colour', 'note'];
    const rows = Array.from({ length: 80 }, (_, i) => [
      i % 9 ? random.normal().toFixed(2) : '',
      ['red', 'blue', 'green'][random.integer(3)] as string,
      `note ${i} of many`,
    ]);
    const size = rows.map(([cell = '']) => Number(cell) + 0.5 * random.normal());
    const targets = [size.map((value) => (value > 0 ? 'yes' : 'no')), size.map(String)];
    for (const labels of targets) {
      const learned = await fitTable({ columns, target: 'kind', rows, labels, trees: 10 });
      const figure = (some: readonly (readonly string[])[]) => {
        const report = evaluateRows(learned, some, labels, { draws: 0 });
        return report.kind === 'classes' ? report.figures.auc.value : report.figures.r2.value;
      };
      const draws = seededRandom(0);
      const falls = columns.map((column, j) => {
        const cells = draws.shuffle(rows.map((row) => row[j] as string));
        const fall = figure(rows) - figure(rows.map((row, i) => row.with(j, cells[i] as string)));
        return { column, fall, sd: 0 };
      });
      const found = permutationImportance(learned, rows, labels, { repeats: 1 });
      expect(found).toEqual(falls.sort((a, b) => b.fall - a.fall));
    }
  });

  it('shuffles the columns of a wide table that the models weight most, and the card says so', async () => {
    const columns = Array.from({ length: 130 }, (_, j) => `c${j}`);
    const rows = Array.from({ length: 60 }, () => columns.map(() => random.normal().toFixed(2)));
    const size = rows.map((row) => Number(row[3]) + Number(row[127]));
    for (const labels of [size.map((value) => (value > 0 ? 'yes' : 'no')), size.map(String)]) {
      const learned = await fitTable({ columns, target: 'kind', rows, labels, trees: 10 });
      const importance = permutationImportance(learned, rows, labels, { repeats: 1 });
      expect(importance).toHaveLength(MOST_SHUFFLED);
      const first = importance.slice(0, 2).map(({ column }) => column);
      expect(first.sort()).toEqual(['c127', 'c3']);
      expect(modelCard(learned, { held: null, importance, date: '2025-01-01' })).toContain(
        'when a column is shuffled, of the 100 of 130 columns that the models weight most:',
      );
    }
  });
});
