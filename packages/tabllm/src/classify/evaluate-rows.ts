/** How good a model is on labelled rows. */
import { TabLlmError } from '../errors.ts';
import { classWeightsOf } from '../metrics/class-weights.ts';
import { type RegressionReport, regressionReport } from '../metrics/regression.ts';
import type { ClassificationReport } from '../metrics/report.ts';
import { classificationReport } from '../metrics/report.ts';
import { expectLabelled } from './check-rows.ts';
import { placeOfClass } from './classes.ts';
import { readsText } from './columns-read.ts';
import { readQuantity } from './learn-quantity.ts';
import type { LearnedTable } from './learned-table.ts';
import { groupsOfCopies, learnedCells } from './same-rows.ts';

export type TableReport =
  | ({ readonly kind: 'classes' } & ClassificationReport)
  | ({ readonly kind: 'quantity' } & RegressionReport);

export interface ReportOptions {
  /** Bootstrap draws of the intervals; default 1000, fewer of very many rows. */
  readonly draws?: number;
  readonly seed?: number;
}

/**
 * @param rows cells in the schema's order, not learned from @param labels as they are written
 * @throws TabLlmError 'bad-data' for labels that the model does not know, or that are not one for each row
 */
export function evaluateRows(
  learned: LearnedTable,
  rows: readonly (readonly string[])[],
  labels: readonly string[],
  options: ReportOptions = {},
): TableReport {
  expectLabelled(rows, labels);
  const groups = groupsOfCopies(
    learnedCells(learned.schema, rows, readsText(learned) ? 'read-with-text' : 'read'),
    [],
  );
  if (learned.kind === 'regressor') {
    const values = labels.map((label) => readQuantity(learned, label));
    expectKnown(
      labels,
      values.map((value) => value !== null),
    );
    const predicted = learned.regressor.predict(rows);
    return {
      kind: 'quantity',
      ...regressionReport(predicted, Float64Array.from(values as number[]), {
        ...options,
        groups,
      }),
    };
  }
  const places = labels.map((label) => placeOfClass(learned.classes, label.trim()));
  expectKnown(
    labels,
    places.map((place) => place >= 0),
  );
  const p = learned.classifier.predict(rows);
  const { classes, threshold } = learned.classifier.state;
  const decided = { ...options, threshold, groups };
  return { kind: 'classes', ...classificationReport(p, Int32Array.from(places), classes, decided) };
}

/**
 * The figures of the labelled rows themselves, each predicted by models that have not seen it; null
 * where labels were too few. Where probabilities are corrected to other class shares, rows count as those
 * have them: the figures are of the rows that are met.
 */
export function heldReport(learned: LearnedTable, options: ReportOptions = {}): TableReport | null {
  if (learned.kind === 'regressor') {
    const { held } = learned.regressor;
    if (held === null) return null;
    const { predicted, values, groups } = held;
    return { kind: 'quantity', ...regressionReport(predicted, values, { ...options, groups }) };
  }
  const { held, state } = learned.classifier;
  return (
    held && {
      kind: 'classes',
      ...classificationReport(held.probabilities, held.labels, state.classes, {
        ...options,
        ...(held.said && { said: held.said }),
        weights: classWeightsOf(state.priors),
        ranked: held.ranked,
        groups: held.groups,
      }),
    }
  );
}

function expectKnown(labels: readonly string[], known: readonly boolean[]): void {
  const unknown = [...new Set(labels.filter((_, i) => !known[i]))];
  if (unknown.length === 0 && labels.length > 0) return;
  throw new TabLlmError(
    'bad-data',
    labels.length === 0
      ? { en: 'There are no labelled rows to evaluate on.', zh: '没有带标签的行可供评测。' }
      : {
          en: `The model does not know the labels ${unknown.slice(0, 10).join(', ')}.`,
          zh: `模型没有学习过这些标签：${unknown.slice(0, 10).join('、')}。`,
        },
  );
}
