/** Examples → an adapter in the hub, whatever they are about. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Adapter,
  adapterState,
  attachTuner,
  expectBaseModel,
  type LanguageModel,
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
import type { Progress } from '../progress.ts';
import { sparkline } from './sparkline.ts';

/** How an adapter is trained. */
export interface AdapterRun {
  readonly out: string;
  readonly method: string;
  /** The method's configuration, under HF-PEFT's names; the method validates it. */
  readonly tuner: Readonly<Record<string, unknown>>;
  readonly train: TrainConfig;
  /** Folder of this very run below that of its name. */
  readonly checkpoints: string;
  /** Adapter of the hub whose parameters the run starts from. */
  readonly from: string | undefined;
}

/** What the adapter's card says of the examples. */
export interface ExampleSource {
  /** `SQL out of questions` */
  readonly purpose: string;
  readonly tags: readonly string[];
  readonly recipe: Readonly<Record<string, unknown>>;
}

export interface TrainedAdapter {
  readonly adapter: string;
  readonly folder: string;
  readonly examples: number;
  readonly steps: number;
  readonly tokensPerSecond: number;
  readonly peakMemory: number;
  /** Loss of each step of this run; a resumed run has only its own. */
  readonly losses: readonly number[];
}

/**
 * Trains an adapter and puts it into the hub. A run that was stopped goes on from its last checkpoint
 * when it is started again.
 */
export async function trainAdapter(
  model: LanguageModel,
  examples: readonly TrainExample[],
  run: AdapterRun,
  source: ExampleSource,
  terminal: Terminal,
  progress: Progress,
): Promise<TrainedAdapter> {
  const adapter = attachTuner(model, run.method, run.tuner, seededRandom(run.train.seed));
  try {
    if (run.from !== undefined) adapter.load(readAdapter(start(run.from, model)).tensors);
    const steps = await runSteps(model, adapter, examples, run, terminal, progress);
    const folder = save(adapter, run, source, examples.length, steps);
    const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
    const seconds = steps.reduce((sum, step) => sum + step.tokens / step.tokensPerSecond, 0);
    return {
      adapter: run.out,
      folder,
      examples: examples.length,
      steps: steps.at(-1)?.step ?? 0,
      tokensPerSecond: seconds === 0 ? 0 : tokens / seconds,
      peakMemory: Math.max(0, ...steps.map(({ memory }) => memory)),
      losses: steps.map(({ loss }) => loss),
    };
  } finally {
    adapter.detach();
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
  { train: config, checkpoints }: AdapterRun,
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
  { out, method, tuner, from, train: config, checkpoints }: AdapterRun,
  { purpose, tags, recipe }: ExampleSource,
  examples: number,
  steps: readonly TrainStep[],
): string {
  const folder = join(openAdapters().folder, out);
  mkdirSync(openAdapters().folder, { recursive: true });
  writeAdapter(folder, adapter.config, adapterState(adapter), {
    dtype: 'F16',
    card: {
      description: `${purpose}, ${method} on ${examples} examples`,
      tags,
      recipe: { ...recipe, method, tuner, from: from ?? null, ...config, examples },
      seed: config.seed,
      scores: { training_loss: steps.at(-1)?.loss ?? 0 },
      created: new Date().toISOString(),
    },
  });
  rmSync(join(checkpoints, '..'), { recursive: true, force: true });
  return folder;
}
