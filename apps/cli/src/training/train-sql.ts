import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Adapter,
  adapterState,
  attachTuner,
  expectBaseModel,
  type LanguageModel,
  PeftError,
  readAdapter,
  seededRandom,
  type TrainConfig,
  type TrainExample,
  type TrainStep,
  train,
  writeAdapter,
} from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import type { Terminal } from '../command.ts';
import { openBaseModel } from '../language-model/open.ts';
import { Progress } from '../progress.ts';
import { encodeExamples } from './encode-examples.ts';
import { buildExamples, readSets, type SetPaths } from './read-sets.ts';
import type { SetUse } from './set-use.ts';
import { sparkline } from './sparkline.ts';

/** Questions left out that are named. */
const SHOWN = 3;

export interface SqlTraining extends SetPaths {
  readonly out: string;
  readonly method: string;
  /** The method's configuration, under HF-PEFT's names; the method validates it. */
  readonly tuner: Readonly<Record<string, unknown>>;
  readonly train: TrainConfig;
  /** Folder of this very run below that of its name. */
  readonly checkpoints: string;
  /** Adapter of the hub whose parameters the run starts from. */
  readonly from?: string | undefined;
  readonly model?: string | undefined;
  readonly limit?: number | undefined;
  /** How each set is used, by position. */
  readonly uses: readonly SetUse[];
}

export interface SqlTrainingResult {
  readonly adapter: string;
  readonly folder: string;
  readonly examples: number;
  /** Questions whose SQL does not run on their database. */
  readonly skipped: number;
  readonly steps: number;
  readonly seconds: number;
  readonly tokensPerSecond: number;
  readonly peakMemory: number;
  /** Loss of each step of this run; a resumed run has only its own. */
  readonly losses: readonly number[];
}

/**
 * Trains an adapter on text-to-SQL sets and puts it into the hub. A run that was stopped goes on from
 * its last checkpoint when it is started again.
 */
export async function trainSql(
  training: SqlTraining,
  terminal: Terminal,
): Promise<SqlTrainingResult> {
  const progress = new Progress(terminal);
  const started = performance.now();
  const sets = readSets(training, training.limit, terminal.cwd);
  const model = await openBaseModel(training.model, terminal);
  try {
    const { tokenizer } = model;
    if (tokenizer === null) {
      throw new PeftError('bad-config', `${model.name} has no tokenizer, so it cannot learn SQL.`);
    }
    progress.update('building prompts');
    const { examples, skipped } = buildExamples(sets, training.uses, {
      seed: training.train.seed,
      countTokens: (text) => tokenizer.encode(text).length,
    });
    progress.line(
      `${examples.length} examples; ${skipped.length} left out because their SQL does not run`,
    );
    for (const { item, reason } of skipped.slice(0, SHOWN)) {
      progress.line(`  ${item.db}: ${item.question} (${reason})`);
    }
    const encoded = encodeExamples(examples, tokenizer);
    const random = seededRandom(training.train.seed);
    const adapter = attachTuner(model, training.method, training.tuner, random);
    try {
      if (training.from !== undefined)
        adapter.load(readAdapter(start(training.from, model)).tensors);
      const steps = await runSteps(model, adapter, encoded, training, terminal, progress);
      const folder = save(adapter, training, examples.length, steps);
      const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
      const seconds = steps.reduce((sum, step) => sum + step.tokens / step.tokensPerSecond, 0);
      return {
        adapter: training.out,
        folder,
        examples: examples.length,
        skipped: skipped.length,
        steps: steps.at(-1)?.step ?? 0,
        seconds: (performance.now() - started) / 1000,
        tokensPerSecond: seconds === 0 ? 0 : tokens / seconds,
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

/** Folder of the adapter to start from. @throws PeftError 'not-found' | 'mismatch' */
function start(name: string, model: LanguageModel): string {
  const entry = openAdapters().get(name);
  expectBaseModel(entry, model.name);
  return entry.path;
}

async function runSteps(
  model: LanguageModel,
  adapter: Adapter,
  examples: readonly TrainExample[],
  { train: config, checkpoints }: SqlTraining,
  { signal }: Terminal,
  progress: Progress,
): Promise<readonly TrainStep[]> {
  const steps: TrainStep[] = [];
  const began = performance.now();
  for await (const event of train(model, adapter, examples, config, { checkpoints, signal })) {
    if (event.type === 'resumed') progress.line(`going on after step ${event.step}`);
    if (event.type === 'checkpoint' && signal.aborted) {
      progress.line(`step ${event.step} is kept; the same command goes on from there`);
    }
    if (event.type !== 'step') continue;
    steps.push(event);
    const each = (performance.now() - began) / steps.length / 1000;
    const left = each * (event.totalSteps - event.step);
    progress.update(
      [
        `step ${event.step}/${event.totalSteps}`,
        `loss ${event.loss.toFixed(3)}`,
        `${event.tokensPerSecond.toFixed(0)} tokens/s`,
        `${(event.memory / 1e9).toFixed(1)} GB`,
        `${Math.ceil(left / 60)} min left`,
      ].join(' · '),
      event.step / event.totalSteps,
    );
  }
  const losses = steps.map(({ loss }) => loss);
  if (losses.length > 1) {
    const [first, last] = [losses[0] as number, losses.at(-1) as number];
    progress.line(`loss ${first.toFixed(3)} ${sparkline(losses)} ${last.toFixed(3)}`);
  }
  return steps;
}

/** Writes the adapter into the hub in one step, then forgets the checkpoints. */
function save(
  adapter: Adapter,
  training: SqlTraining,
  examples: number,
  steps: readonly TrainStep[],
): string {
  const folder = join(openAdapters().folder, training.out);
  const { questions, databases, tables, method, tuner, from, train: config, uses } = training;
  mkdirSync(openAdapters().folder, { recursive: true });
  writeAdapter(folder, adapter.config, adapterState(adapter), {
    dtype: 'F16',
    card: {
      description: `SQL out of questions, ${method} on ${examples} examples`,
      tags: ['text-to-sql'],
      recipe: {
        questions,
        databases,
        tables,
        method,
        tuner,
        from: from ?? null,
        uses,
        ...config,
        examples,
      },
      seed: config.seed,
      scores: { training_loss: steps.at(-1)?.loss ?? 0 },
      created: new Date().toISOString(),
    },
  });
  rmSync(join(training.checkpoints, '..'), { recursive: true, force: true });
  return folder;
}
