/** The model card of what was learned, with its figures. */
import {
  heldReport,
  type Importance,
  type LearnedTable,
  modelCard,
  shufflingColumns,
  type TableReport,
  withRests,
} from '@quaestor/tabllm';
import type { Progress } from '../progress.ts';
import type { PredictionRun } from './predict-all.ts';

/** What is worth knowing of a model that is kept. */
export interface ModelFigures {
  /** Of the labelled rows, each predicted by models that have not seen it. */
  readonly held: TableReport | null;
  readonly importance: readonly Importance[];
}

/** @throws TabLlmError 'aborted' between two columns, once the signal has fired */
export async function modelFigures(
  learned: LearnedTable,
  progress: Progress,
  signal: AbortSignal,
): Promise<ModelFigures> {
  const { rows, labels } = learned.examples;
  const asks = learned.kind === 'classifier' && learned.classifier.asksLanguage;
  const held = heldReport(learned, { draws: 200 });
  // A language model would read thousands of rows for it.
  if (asks || rows.length === 0) return { held, importance: [] };
  const importance = await withRests(shufflingColumns(learned, rows, labels), {
    signal,
    stopped: {
      en: 'The figures of the model were stopped: neither model nor card is written',
      zh: '已停止计算模型指标：没有写入模型，也没有写入模型卡',
    },
    onPart: (done) =>
      progress.update(
        { en: 'what the model leans on', zh: '正在分析模型依据哪些列' },
        done ?? undefined,
      ),
  });
  return { held, importance };
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
