/**
 * Trains an adapter on labelled rows of one table or of several and puts it into the hub. A run that
 * was stopped goes on from its last checkpoint when it is started again.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Adapter,
  adapterState,
  attachTuner,
  seededRandom,
  type TrainStep,
  writeAdapter,
} from '@quaestor/peft';
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
import { openAdapters } from '../adapters.ts';
import { noteWriter } from '../classify/note-writer.ts';
import type { Terminal } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { followTraining } from './follow-training.ts';
import { type LabelledTable, readLabelledTable } from './read-table.ts';
import { startFrom } from './start-from.ts';
import type { TableSpec } from './table-spec.ts';

export interface TableTraining {
  readonly tables: readonly TableSpec[];
  readonly shots?: number | undefined;
  readonly serialiser?: string | undefined;
  readonly style: PromptStyle;
  readonly out: string;
  readonly method: string;
  /** The method’s configuration, under HF-PEFT’s names; the method validates it. */
  readonly tuner: Readonly<Record<string, unknown>>;
  readonly tuning: TuningConfig;
  /** Folder of this very run below that of its name. */
  readonly checkpoints: string;
  readonly from?: string | undefined;
  readonly model?: string | undefined;
}

export interface TableTrainingResult {
  readonly adapter: string;
  readonly folder: string;
  readonly rows: number;
  readonly steps: number;
  readonly seconds: number;
  /** Of training alone, the model being open. */
  readonly trainingSeconds: number;
  readonly tokensPerSecond: number;
  readonly peakMemory: number;
  /** Loss of each step of this run; a resumed run has only its own. */
  readonly losses: readonly number[];
}

export async function trainTable(
  training: TableTraining,
  terminal: Terminal,
): Promise<TableTrainingResult> {
  const { method, tuner, tuning, style, checkpoints, from } = training;
  const { signal, cwd } = terminal;
  const progress = new Progress(terminal);
  const started = performance.now();
  const tables: LabelledTable[] = [];
  const reading = { ...training, seed: tuning.seed, csv: { signal } };
  for (const spec of training.tables) tables.push(await readLabelledTable(spec, reading, cwd));
  for (const { warnings } of tables) for (const text of warnings) progress.line(`warning: ${text}`);
  const model = await openBaseModel(training.model, terminal);
  try {
    const { tokenizer } = model;
    if (tokenizer === null) {
      throw new TabLlmError('bad-config', `${model.name} has no tokenizer; it cannot read text.`);
    }
    const examples: ChoiceExample[] = [];
    for (const { asking, schema, rows, labels } of tables) {
      const write = await noteWriter(model, asking, schema, rows, terminal);
      const prompt = labelPrompt({ ...asking, tokenizer });
      examples.push(...tableExamples(prompt, rows.map(write), labels, tuning.class_weights));
    }
    progress.line(`${examples.length} rows of ${tables.length} tables`);
    const settings = { ...upperLayersOnly(model, tuning.layers), ...tuner };
    const adapter = attachTuner(model, method, settings, seededRandom(tuning.seed));
    try {
      if (from !== undefined) startFrom(from, adapter, model);
      const began = performance.now();
      const steps = await followTraining(
        tuneOnRows(model, adapter, examples, tuning, { checkpoints, signal }),
        progress,
        signal,
      );
      const trainingSeconds = (performance.now() - began) / 1000;
      const rows = { style, tables: tables.map(({ recipe }) => recipe) };
      const folder = save(adapter, training, rows, examples.length, steps);
      const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
      return {
        adapter: training.out,
        folder,
        rows: examples.length,
        steps: steps.at(-1)?.step ?? 0,
        seconds: (performance.now() - started) / 1000,
        trainingSeconds,
        tokensPerSecond: tokens / trainingSeconds,
        peakMemory: Math.max(0, ...steps.map(({ memory }) => memory)),
        losses: steps.map(({ loss }) => loss),
      };
    } finally {
      adapter.detach();
    }
  } finally {
    progress.clear();
    model.dispose();
  }
}

/** Writes the adapter into the hub in one step, then forgets the checkpoints. */
function save(
  adapter: Adapter,
  { out, method, tuner, tuning, from, shots, checkpoints, tables }: TableTraining,
  rows: RowRecipe,
  examples: number,
  steps: readonly TrainStep[],
): string {
  const { folder: hub } = openAdapters();
  const folder = join(hub, out);
  const targets = rows.tables.map(({ target }) => target).join(', ');
  mkdirSync(hub, { recursive: true });
  writeAdapter(folder, adapter.config, adapterState(adapter), {
    dtype: 'F16',
    card: {
      description: `Label of a row (${targets}), ${method} on ${examples} rows`,
      tags: ['table'],
      recipe: {
        csv: tables.map(({ file }) => file),
        shots: shots ?? null,
        method,
        tuner,
        from: from ?? null,
        ...tuning,
        examples,
        rows,
      },
      seed: tuning.seed,
      scores: { training_loss: steps.at(-1)?.loss ?? 0 },
      created: new Date().toISOString(),
    },
  });
  rmSync(join(checkpoints, '..'), { recursive: true, force: true });
  return folder;
}
