/** What is checked of a learned table whatever it reads: how well it does, what its columns count, and that it is kept. */
import { expect } from 'vitest';
import { evaluateRows } from '../classify/evaluate-rows.ts';
import { permutationImportance } from '../classify/importance.ts';
import type { LearnedTable } from '../classify/learned-table.ts';
import { loadModel } from '../classify/load-model.ts';
import { predictRows } from '../classify/predict-rows.ts';
import { saveModel } from '../classify/save-model.ts';

type Rows = readonly (readonly string[])[];

/** AUC of classes, R² of a quantity. @param rows that it has not learned from, with their labels */
export function scoreOf(
  learned: LearnedTable,
  rows: Rows,
  labels: readonly string[],
): number | null {
  const report = evaluateRows(learned, rows, labels, { draws: 0 });
  return report.kind === 'classes' ? report.figures.auc.value : report.figures.r2.value;
}

/** By how much the score falls without each column, by its name. @param rows that it has not learned from */
export function fallsOf(
  learned: LearnedTable,
  rows: Rows,
  labels: readonly string[],
): ReadonlyMap<string, number> {
  const falls = permutationImportance(learned, rows, labels);
  return new Map(falls.map(({ column, fall }) => [column, fall]));
}

/** Saved and loaded again it says the same. @param path of a folder that does not exist yet */
export async function expectKept(learned: LearnedTable, path: string, rows: Rows): Promise<void> {
  saveModel(learned, path);
  expect(predictRows(await loadModel(path), rows)).toEqual(predictRows(learned, rows));
}
