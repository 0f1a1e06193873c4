/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse the figures
 * of labelled rows get when the cells of one column are shuffled among them. Honest on rows that were
 * not learned from; on those that were, it tells what the model leans on.
 */
import { seededRandom } from '@quaestor/peft';
import { featureColumns } from '../schema/feature-columns.ts';
import { evaluateRows } from './evaluate-rows.ts';
import type { LearnedTable } from './fit-table.ts';

export interface Importance {
  readonly column: string;
  /** Fall of the AUC, or of R² for quantities: mean over the shuffles, and their standard deviation. */
  readonly fall: number;
  readonly sd: number;
}

export interface ImportanceOptions {
  /** Shuffles of each column; default 5. */
  readonly repeats?: number;
  readonly seed?: number;
}

/**
 * Columns by importance, the most important first.
 * @param rows cells in the schema's order @param labels of the rows, as they are written
 * @throws TabLlmError 'bad-data' as `evaluateRows`
 */
export function permutationImportance(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  labels: readonly string[],
  { repeats = 5, seed = 0 }: ImportanceOptions = {},
): Importance[] {
  const random = seededRandom(seed);
  const figure = (some: readonly (readonly string[])[]): number => {
    const report = evaluateRows(learned, some, labels, { draws: 0 });
    return report.kind === 'classes' ? report.figures.auc.value : report.figures.r2.value;
  };
  const whole = figure(rows);
  return featureColumns(learned.schema)
    .map(({ column, index }): Importance => {
      const falls = Array.from({ length: repeats }, () => {
        const cells = random.shuffle(rows.map((row) => row[index] ?? ''));
        return whole - figure(rows.map((row, i) => row.with(index, cells[i] as string)));
      });
      const fall = falls.reduce((sum, value) => sum + value, 0) / repeats;
      const spread = falls.reduce((sum, value) => sum + (value - fall) ** 2, 0) / repeats;
      return { column: column.name, fall, sd: Math.sqrt(spread) };
    })
    .sort((a, b) => b.fall - a.fall);
}
