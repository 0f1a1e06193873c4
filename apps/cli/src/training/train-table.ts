/**
 * Trains an adapter on labelled rows of one table or of several and puts it into the hub. A run that
 * was stopped goes on from its last checkpoint when it is started again.
 */
import {
  type ChoiceExample,
  labelPrompt,
  type PromptStyle,
  type RowRecipe,
  TabLlmError,
  type TuningConfig,
  tableExamples,
  tuneOnRows,
  upperLayersOnly,
} from '@quaestor/tabllm';
import { noteWriter } from '../classify/note-writer.ts';
import type { Terminal } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { tellOtherRuns } from './other-runs.ts';
import { type LabelledTable, readLabelledTable } from './read-table.ts';
import type { TableSpec } from './table-spec.ts';
import { type AdapterRun, type TrainedAdapter, trainAdapter } from './train-adapter.ts';

export interface TableTraining {
  readonly tables: readonly TableSpec[];
  readonly shots?: number | undefined;
  readonly serialiser?: string | undefined;
  readonly style: PromptStyle;
  readonly tuning: TuningConfig;
  readonly model?: string | undefined;
}

export interface TableTrainingResult extends TrainedAdapter {
  readonly seconds: number;
  /** Of training alone, the model being open. */
  readonly trainingSeconds: number;
}

export async function trainTable(
  training: TableTraining,
  run: AdapterRun,
  terminal: Terminal,
): Promise<TableTrainingResult> {
  const { tuning, style, shots } = training;
  const { signal, cwd } = terminal;
  const { checkpoints } = run;
  const progress = new Progress(terminal);
  const started = performance.now();
  tellOtherRuns(checkpoints, run.out, progress);
  const tables: LabelledTable[] = [];
  const reading = { ...training, seed: tuning.seed, csv: { signal } };
  for (const spec of training.tables) tables.push(await readLabelledTable(spec, reading, cwd));
  for (const { warnings } of tables)
    for (const one of warnings) progress.line(`warning: ${one.en}`);
  const model = await openBaseModel(training.model, terminal, { checkpoints });
  try {
    const { tokenizer } = model;
    if (tokenizer === null) {
      throw new TabLlmError('bad-config', {
        en: `${model.name} has no tokenizer; it cannot read text.`,
        zh: `${model.name} 没有分词器，无法读取文本。`,
      });
    }
    const examples: ChoiceExample[] = [];
    for (const { asking, schema, rows, labels } of tables) {
      const write = await noteWriter(model, asking, schema, rows, terminal);
      const prompt = labelPrompt({ ...asking, tokenizer });
      examples.push(...tableExamples(prompt, rows.map(write), labels, tuning.class_weights));
    }
    progress.line(`${examples.length} rows of ${tables.length} tables`);
    const tuner = upperLayersOnly(model, tuning.layers, run.method, run.tuner);
    const rows: RowRecipe = { style, tables: tables.map(({ recipe }) => recipe) };
    const targets = rows.tables.map(({ target }) => target);
    const source = {
      purpose: {
        en: `Label of a row (${targets.join(', ')})`,
        zh: `一行的标签（${targets.join('、')}）`,
      },
      tags: ['table'],
      examples: examples.length,
      recipe: {
        csv: training.tables.map(({ file }) => file),
        shots: shots ?? null,
        ...tuning,
        rows,
      },
    };
    const began = performance.now();
    const trained = await trainAdapter(
      model,
      { ...run, tuner },
      source,
      (adapter) => tuneOnRows(model, adapter, examples, tuning, { checkpoints, signal }),
      terminal,
      progress,
    );
    const ended = performance.now();
    return {
      ...trained,
      seconds: (ended - started) / 1000,
      trainingSeconds: (ended - began) / 1000,
    };
  } finally {
    progress.clear();
    model.dispose();
  }
}
