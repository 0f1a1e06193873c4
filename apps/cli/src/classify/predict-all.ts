/** Predictions into their sink, and the figures of those rows whose label was known all along. */
import {
  type ClassificationReport,
  classificationReport,
  type LanguageEvidence,
  type LearnedTable,
  type PredictedTable,
} from '@quaestor/tabllm';
import type { Progress } from '../progress.ts';
import { table } from '../table.ts';
import type { PredictionSink } from './prediction-sink.ts';

export interface PredictionRun {
  readonly classes: readonly string[];
  /** Labelled rows that were learned from. */
  readonly labelled: number;
  /** Rows predicted now, and rows that an earlier run had predicted. */
  readonly rows: number;
  readonly rowsBefore: number;
  readonly rowsPerSecond: number;
  /** Whether and how much the language model is heard. */
  readonly language: LanguageEvidence | 'alone' | 'not asked';
  /** Of the rows predicted now that have a label; null without any. */
  readonly report: ClassificationReport | null;
}

export async function predictAll(
  learned: LearnedTable,
  predicted: PredictedTable,
  sink: PredictionSink,
  progress: Progress,
): Promise<PredictionRun> {
  const { classes, labelled, classifier } = learned;
  const places = new Map(classes.map((name, i) => [name, i]));
  const known: number[] = [];
  const probabilities: number[] = [];
  let rows = 0;
  const start = performance.now();
  const rowsPerSecond = () => Math.round(rows / ((performance.now() - start) / 1000));
  for await (const predictions of predicted.predictions()) {
    await sink.write(predictions);
    rows += predictions.length;
    for (const { label, probabilities: own } of predictions) {
      const place = label === null ? undefined : places.get(label);
      if (place === undefined) continue;
      known.push(place);
      for (const p of own) probabilities.push(p);
    }
    progress.update(`${sink.done + rows} rows, ${rowsPerSecond()} a second`);
  }
  const labels = Int32Array.from(known);
  return {
    classes,
    labelled,
    rows,
    rowsBefore: sink.done,
    rowsPerSecond: rowsPerSecond(),
    language: classifier.evidence ?? (classifier.asksLanguage ? 'alone' : 'not asked'),
    report:
      new Set(known).size < 2
        ? null
        : classificationReport(Float64Array.from(probabilities), labels, classes.length, {
            // Of many rows intervals are narrow, and few draws show it.
            draws: labels.length > 5000 ? 100 : 1000,
          }),
  };
}

/** The run for people. */
export function describeRun(run: PredictionRun): string {
  const lines = [`${run.rows} rows, ${run.rowsPerSecond} a second; learned from ${run.labelled}.`];
  if (run.language === 'alone') lines.push('Without labels, the language model decided alone.');
  else if (run.language !== 'not asked') {
    const { weight, rows, tabular, combined } = run.language;
    const said = `AUC on ${rows} labelled rows ${tabular.toFixed(3)} without it, ${combined.toFixed(3)} with it`;
    lines.push(
      `Language model: ${weight === 0 ? 'no help, not asked' : `weight ${weight}`} (${said}).`,
    );
  }
  if (run.report === null) return lines.join('\n');
  const { figures, priorOnly, rows } = run.report;
  const cells = Object.entries(figures).map(([name, { value, low, high }]) => [
    name,
    value.toFixed(3),
    `${low.toFixed(3)} – ${high.toFixed(3)}`,
    priorOnly[name as keyof typeof priorOnly].toFixed(3),
  ]);
  lines.push('', `Of ${rows} rows the label is known:`);
  lines.push(table(['figure', 'value', '95 % interval', 'prior only'], cells).trimEnd());
  return lines.join('\n');
}
