/**
 * What a method that combines adapters needs before it: two adapters of another method, each trained
 * on a half of the examples. Both stages share the steps of one row: a quarter for each adapter, the
 * rest for the method itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  type LanguageModel,
  seededRandom,
  type TrainExample,
  type Tuner,
  writeAdapter,
} from '@quaestor/peft';
import { type StepBudget, trainSteps } from './train-steps.ts';

export interface SourceAdapters {
  /** Folder of each by its name, as the field `adapters` takes them. */
  readonly adapters: Readonly<Record<string, string>>;
  readonly losses: readonly number[];
  readonly tokens: number;
  /** Steps that are left for the method. */
  readonly stepsLeft: number;
  readonly note: string;
  remove(): void;
}

/** Trains the two adapters and writes them to temporary folders. */
export async function trainSources(
  model: LanguageModel,
  tuner: Tuner<unknown>,
  examples: readonly TrainExample[],
  budget: Omit<StepBudget, 'learningRate'>,
  signal: AbortSignal,
): Promise<SourceAdapters> {
  const steps = Math.max(1, Math.floor(budget.steps / 4));
  const stepsLeft = Math.max(1, budget.steps - 2 * steps);
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-sources-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Every other one: examples may lie sorted by their answer.
  const half = (rest: number) => examples.filter((_, i) => i % 2 === rest);
  const halves = { first: half(0), second: half(1) };
  const losses: number[] = [];
  let tokens = 0;
  try {
    for (const [name, some] of Object.entries(halves)) {
      const random = seededRandom(budget.seed);
      const adapter = attachTuner(model, tuner.name, tuner.defaults ?? {}, random);
      const run = { ...budget, steps, learningRate: tuner.learningRate };
      const trained = await trainSteps(model, adapter, some, run, signal);
      losses.push(...trained.losses);
      tokens += trained.tokens;
      writeAdapter(join(folder, name), adapter.config, adapterState(adapter));
      adapter.detach();
    }
  } catch (error) {
    remove();
    throw error;
  }
  const adapters = Object.fromEntries(
    Object.keys(halves).map((name) => [name, join(folder, name)]),
  );
  const note = `two ${tuner.name} first, ${steps} steps each on a half of the examples, then ${stepsLeft} steps of the method`;
  return { adapters, losses, tokens, stepsLeft, note, remove };
}
