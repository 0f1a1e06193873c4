/** Predictions into their sink, and the figures of those rows whose label was known all along. */
import type { LanguageEvidence, LearnedTable, PredictedTable, TableReport } from '@quaestor/tabllm';
import type { Progress } from '../progress.ts';
import { table } from '../table.ts';
import type { KnownLabels } from './known-labels.ts';
import type { PredictionSink } from './prediction-sink.ts';

export interface PredictionRun {
  /** null: the target is a quantity. */
  readonly classes: readonly string[] | null;
  /** Labelled rows that were learned from. */
  readonly labelled: number;
  /** Rows predicted now, and rows that an earlier run had predicted. */
  readonly rows: number;
  readonly rowsBefore: number;
  readonly rowsPerSecond: number;
  /** Whether and how much the language model is heard; a number: with this weight, not yet judged. */
  readonly language: LanguageEvidence | number | 'alone' | 'not asked';
  /** Of the rows predicted now that have a label; null without any. */
  readonly report: TableReport | null;
}

/** @param known gets the rows whose label is known */
export async function predictAll(
  learned: LearnedTable,
  predicted: PredictedTable,
  sink: PredictionSink,
  known: KnownLabels,
  progress: Progress,
): Promise<PredictionRun> {
  let rows = 0;
  const start = performance.now();
  const rowsPerSecond = () => Math.round(rows / ((performance.now() - start) / 1000));
  for await (const predictions of predicted.predictions()) {
    await sink.write(predictions);
    rows += predictions.length;
    for (const prediction of predictions) known.add(prediction);
    const [done, speed] = [sink.done + rows, rowsPerSecond()];
    progress.update({
      en: `${done} rows, ${speed} a second`,
      zh: `已完成 ${done} 行，每秒 ${speed} 行`,
    });
  }
  return {
    classes: learned.kind === 'classifier' ? learned.classes : null,
    labelled: learned.labelled,
    rows,
    rowsBefore: sink.done,
    rowsPerSecond: rowsPerSecond(),
    language: languageOf(learned),
    report: known.report(),
  };
}

function languageOf(learned: LearnedTable): PredictionRun['language'] {
  if (learned.kind === 'regressor') return 'not asked';
  const { evidence, asksLanguage, state } = learned.classifier;
  if (evidence) return evidence;
  const { members = [], expectations = null } = state.tabular?.model ?? {};
  if (members.length === 0) return 'alone';
  return expectations?.weight ?? (asksLanguage ? 'alone' : 'not asked');
}

const NOTHING_LEFT =
  'No row is left to predict, as every row has a label: leave the label of some empty, or name the file of the rows to predict and give this one by --train.';

/** The run for people. @param quality in words; null: it is not told @param kept whether the model is what was wanted */
export function describeRun(run: PredictionRun, quality: string | null, kept: boolean): string {
  const lines = [`${run.rows} rows, ${run.rowsPerSecond} a second; learned from ${run.labelled}.`];
  if (run.rows + run.rowsBefore === 0 && !kept) lines.push(NOTHING_LEFT);
  if (run.language === 'alone') lines.push('Without labels, the language model decided alone.');
  else if (typeof run.language === 'number') {
    const weight = run.language.toFixed(2);
    lines.push(`What the language model expects of the columns counts with weight ${weight}.`);
  } else if (run.language !== 'not asked') {
    const { weight, rows, tabular, combined } = run.language;
    const said = `AUC on ${rows} labelled rows ${tabular.toFixed(3)} without it, ${combined.toFixed(3)} with it`;
    lines.push(
      `Language model: ${weight === 0 ? 'no help, not heard' : `weight ${Number(weight.toFixed(2))}`} (${said}).`,
    );
  }
  if (quality !== null) lines.push(quality);
  if (run.report === null) return lines.join('\n');
  const alone: Readonly<Record<string, number>> =
    run.report.kind === 'classes' ? run.report.priorOnly : run.report.meanOnly;
  const cells = Object.entries(run.report.figures).map(([name, { value, low, high }]) => [
    name,
    value.toFixed(3),
    `${low.toFixed(3)} – ${high.toFixed(3)}`,
    (alone[name] as number).toFixed(3),
  ]);
  const only = run.report.kind === 'classes' ? 'prior only' : 'mean only';
  lines.push('', `Of ${run.report.rows} rows the label is known:`);
  lines.push(table(['figure', 'value', '95 % interval', only], cells).trimEnd());
  return lines.join('\n');
}
