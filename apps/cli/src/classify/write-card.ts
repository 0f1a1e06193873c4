/** The model card of what was learned, with its figures. */
import {
  heldReport,
  type Importance,
  type LearnedTable,
  modelCard,
  permutationImportance,
  type TableReport,
} from '@quaestor/tabllm';
import type { PredictionRun } from './predict-all.ts';

/** What is worth knowing of a model that is kept. */
export interface ModelFigures {
  /** Of the labelled rows, each predicted by models that have not seen it. */
  readonly held: TableReport | null;
  readonly importance: readonly Importance[];
}

export function modelFigures(learned: LearnedTable): ModelFigures {
  const { rows, labels } = learned.examples;
  const asks = learned.kind === 'classifier' && learned.classifier.asksLanguage;
  return {
    held: heldReport(learned, { draws: 200 }),
    // A language model would read thousands of rows for it.
    importance: asks || rows.length === 0 ? [] : permutationImportance(learned, rows, labels),
  };
}

export function writeCard(
  learned: LearnedTable,
  { held, importance }: ModelFigures,
  run: PredictionRun | null,
): string {
  return modelCard(learned, {
    held,
    tested: run?.report ?? null,
    importance,
    date: new Date().toISOString().slice(0, 10),
  });
}
