/** Examples → an adapter in the hub, whatever they are about. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Adapter,
  adapterState,
  attachTuner,
  knownSettings,
  type LanguageModel,
  PeftError,
  seededRandom,
  type TrainConfig,
  type TrainEvent,
  type TrainExample,
  type Translated,
  train,
  writeAdapter,
} from '@quaestor/peft';
import type { TuningEvent } from '@quaestor/tabllm';
import { openAdapters } from '../adapters.ts';
import type { Terminal } from '../command.ts';
import { InputError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { shellWord } from '../shell-word.ts';
import { type FinishedTraining, followTraining } from './follow-training.ts';
import { soleRun } from './sole-run.ts';
import { startFrom } from './start-from.ts';
import { tunerOf } from './training-flags.ts';

/** How an adapter comes about, whatever its examples and its losses are. */
export interface AdapterRun {
  readonly out: string;
  readonly method: string;
  /** The method's configuration, under HF-PEFT's names; the method validates it. */
  readonly tuner: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Folder of this very run below that of its name. */
  readonly checkpoints: string;
  /** Whether an adapter of that name may go, at the end as at the beginning. */
  readonly replace: boolean;
  /** Adapter of the hub whose parameters the run starts from. */
  readonly from: string | undefined;
}

/** What the adapter's card says of the examples. */
export interface ExampleSource {
  /** `SQL out of questions` */
  readonly purpose: Translated;
  readonly tags: readonly string[];
  readonly examples: number;
  /** Where they come from and how they are trained on. */
  readonly recipe: Readonly<Record<string, unknown>>;
}

export interface TrainedAdapter {
  readonly adapter: string;
  readonly folder: string;
  readonly examples: number;
  /** In all, with those before the run was resumed. */
  readonly steps: number;
  readonly tokensPerSecond: number;
  readonly peakMemory: number;
  /** Loss of each step of this run; a resumed run has only its own. */
  readonly losses: readonly number[];
}

/**
 * Trains an adapter and puts it into the hub. A run that was stopped goes on from its last checkpoint
 * when it is started again.
 * @param events the training of the attached adapter
 */
export async function trainAdapter(
  model: LanguageModel,
  run: AdapterRun,
  source: ExampleSource,
  events: (adapter: Adapter) => AsyncIterable<TrainEvent | TuningEvent>,
  { signal }: Terminal,
  progress: Progress,
): Promise<TrainedAdapter> {
  const release = soleRun(dirname(run.checkpoints), run.out);
  const adapter = attached(model, run, release);
  try {
    if (run.from !== undefined) startFrom(run.from, adapter, model);
    const finished = await followTraining(events(adapter), progress, signal);
    const { steps } = finished;
    const recipe = { ...source.recipe, precision: model.precision, storage: model.storage };
    const folder = save(adapter, run, { ...source, recipe }, finished);
    const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
    const seconds = steps.reduce((sum, step) => sum + step.tokens / step.tokensPerSecond, 0);
    return {
      adapter: run.out,
      folder,
      examples: source.examples,
      steps: finished.lastStep,
      tokensPerSecond: seconds === 0 ? 0 : tokens / seconds,
      peakMemory: Math.max(0, ...steps.map(({ memory }) => memory)),
      losses: steps.map(({ loss }) => loss),
    };
  } finally {
    adapter.detach();
    release();
  }
}

function attached(model: LanguageModel, run: AdapterRun, release: () => void): Adapter {
  try {
    return attachTuner(model, run.method, attachedSettings(run), seededRandom(run.seed));
  } catch (error) {
    release();
    throw error;
  }
}

/** A stored adapter may hold what a new one may not: ranks that its training has summed up. */
function attachedSettings(run: AdapterRun): Readonly<Record<string, unknown>> {
  if (run.from === undefined) return run.tuner;
  return knownSettings(tunerOf(run), { ...run.tuner, inference_mode: true });
}

/** The same for examples with labelled tokens and the trainer's own loss. */
export function trainOnExamples(
  model: LanguageModel,
  examples: readonly TrainExample[],
  config: TrainConfig,
  run: AdapterRun,
  source: Omit<ExampleSource, 'examples'>,
  terminal: Terminal,
  progress: Progress,
): Promise<TrainedAdapter> {
  const options = { checkpoints: run.checkpoints, signal: terminal.signal };
  const { recipe } = source;
  return trainAdapter(
    model,
    run,
    { ...source, examples: examples.length, recipe: { ...recipe, ...config } },
    (adapter) => train(model, adapter, examples, config, options),
    terminal,
    progress,
  );
}

/** Puts the adapter into the hub in one step, beside it the second one of what it goes on from; then forgets the checkpoints. */
function save(
  adapter: Adapter,
  { out, replace, method, tuner, from, seed, checkpoints }: AdapterRun,
  { purpose, tags, recipe, examples }: ExampleSource,
  { lastLoss }: FinishedTraining,
): string {
  const hub = openAdapters();
  const before = from === undefined ? null : hub.get(from);
  const made = join(checkpoints, 'adapter');
  writeAdapter(made, adapter.config, adapterState(adapter), {
    dtype: 'F16',
    card: {
      description: {
        en: `${purpose.en}, ${method} on ${examples} ${examples === 1 ? 'example' : 'examples'}`,
        zh: `${purpose.zh}，${method}，${examples} 个示例`,
      },
      tags,
      databases: before?.card?.databases ?? [],
      recipe: { ...recipe, method, tuner, from: from ?? null, examples },
      seed,
      scores: lastLoss === null ? {} : { training_loss: lastLoss },
      created: new Date().toISOString(),
    },
  });
  // Where the one that it goes on from is not sure, another is asked; so is it where this one is not.
  const more = before?.second == null ? {} : { second: before.second.path };
  const path = keepUnlessTaken(made, out, () => hub.add(made, out, { replace, ...more }).path);
  rmSync(checkpoints, { recursive: true, force: true });
  return path;
}

/** @throws InputError telling where the adapter lies when its name was taken while it was trained */
function keepUnlessTaken(made: string, out: string, add: () => string): string {
  try {
    return add();
  } catch (error) {
    if (!(error instanceof PeftError && error.code === 'bad-config')) throw error;
    throw new InputError({
      en: `An adapter ${out} came into the hub while this one was trained. This one is kept: quaestor hub add ${shellWord(made)} OTHERNAME`,
      zh: `训练期间适配器库中出现了名为 ${out} 的适配器。训练结果已保留：quaestor hub add ${shellWord(made)} 其他名称`,
    });
  }
}
