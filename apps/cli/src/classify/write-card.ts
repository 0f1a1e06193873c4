/** The model card of what was learned, with its figures. */
import { heldReport, type LearnedTable, modelCard, permutationImportance } from '@quaestor/tabllm';
import type { PredictionRun } from './predict-all.ts';

export function writeCard(learned: LearnedTable, run: PredictionRun | null): string {
  const { rows, labels } = learned.examples;
  const asks = learned.kind === 'classifier' && learned.classifier.asksLanguage;
  return modelCard(learned, {
    held: heldReport(learned, { draws: 200 }),
    tested: run?.report ?? null,
    // A language model would read thousands of rows for it.
    importance: asks || rows.length === 0 ? [] : permutationImportance(learned, rows, labels),
    date: new Date().toISOString().slice(0, 10),
  });
}
