import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  evaluateHeldOut,
  type LanguageModel,
  seededRandom,
  type Tuner,
  tuners,
  writeAdapter,
} from '@quaestor/peft';
import * as z from 'zod';
import { InputError } from '../../errors.ts';
import { trainSources } from './source-adapters.ts';
import type { MethodTask } from './task.ts';
import { trainSteps } from './train-steps.ts';

/** How one method is trained in the comparison. */
export interface MethodRun {
  readonly method: string;
  /** Fields beside the method's own defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly learningRate?: number | undefined;
  /** A method of which two adapters are trained first, for the field `adapters` of this one. */
  readonly sources?: string | undefined;
  /** What is particular about this row. */
  readonly note?: string | undefined;
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
}

export const measuredMethod = z.object({
  method: z.string(),
  task: z.string(),
  learningRate: z.number(),
  settings: z.record(z.string(), z.unknown()).readonly(),
  /** What is particular about this row. */
  note: z.string().exactOptional(),
  /** Of all stages together. */
  steps: z.int(),
  tokens: z.int(),
  trainedParameters: z.int(),
  adapterBytes: z.int(),
  /** Resident memory of the process at its highest while training. */
  peakBytes: z.number(),
  /** Median of the steps after the first. */
  tokensPerSecond: z.number(),
  secondsBefore: z.number(),
  losses: z.array(z.number()).readonly(),
  heldOutLoss: z.number(),
  score: z.object({ name: z.string(), value: z.number() }).readonly(),
});
export type MeasuredMethod = Readonly<z.infer<typeof measuredMethod>>;

/** The base as it is: what every method is compared with. */
export const BASE_ROW = 'base';

/** Trains a method on a task in this process, which should do nothing else: its peak memory counts. */
export async function measureMethod(
  model: LanguageModel,
  task: MethodTask,
  run: MethodRun,
  signal: AbortSignal,
): Promise<MeasuredMethod> {
  const { method, seed } = run;
  const tuner = method === BASE_ROW ? null : findTuner(method);
  const learningRate = run.learningRate ?? tuner?.learningRate ?? 0;
  const settings = { ...tuner?.defaults, ...run.settings };
  const sources =
    run.sources === undefined
      ? null
      : await trainSources(model, findTuner(run.sources), task.train, run, signal);
  const whole = sources ? { ...settings, adapters: sources.adapters } : settings;
  const adapter = tuner && attachTuner(model, method, whole, seededRandom(seed));
  try {
    const steps = sources?.stepsLeft ?? run.steps;
    const trained = adapter
      ? await trainSteps(model, adapter, task.train, { ...run, learningRate, steps }, signal)
      : null;
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    const adapterBytes = adapter ? storedBytes(adapter) : 0;
    const heldOut = evaluateHeldOut(model, task.heldOut);
    const score = task.score?.(model) ?? { name: 'token accuracy', value: 100 * heldOut.accuracy };
    const losses = [...(sources?.losses ?? []), ...(trained?.losses ?? [])];
    const notes = [...(run.note ? [run.note] : []), ...(sources ? [sources.note] : [])];
    return {
      method,
      task: task.name,
      learningRate,
      settings,
      ...(notes.length > 0 && { note: notes.join('; ') }),
      steps: losses.length,
      tokens: (sources?.tokens ?? 0) + (trained?.tokens ?? 0),
      trainedParameters: trained?.trainedParameters ?? 0,
      adapterBytes,
      peakBytes,
      tokensPerSecond: median(trained?.speeds ?? []),
      secondsBefore: trained?.secondsBefore ?? 0,
      losses,
      heldOutLoss: heldOut.loss,
      score,
    };
  } finally {
    adapter?.detach();
    sources?.remove();
  }
}

/** @throws InputError for a method that is not registered, before anything is loaded for it */
export function expectMethod(method: string): void {
  if (method !== BASE_ROW) findTuner(method);
}

function findTuner(method: string): Tuner<unknown> {
  const tuner = tuners().find(({ name }) => name === method);
  if (tuner !== undefined) return tuner;
  const known = tuners().map(({ name }) => name);
  throw new InputError(`There is no method ${method}; there are ${known.join(', ')}.`);
}

/** Size of adapter_model.safetensors, float32. */
function storedBytes(adapter: Parameters<typeof adapterState>[0] & { config: object }): number {
  const folder = mkdtempSync(join(tmpdir(), 'quaestor-method-'));
  try {
    const target = join(folder, 'adapter');
    writeAdapter(target, adapter.config as Record<string, unknown>, adapterState(adapter));
    return statSync(join(target, 'adapter_model.safetensors')).size;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
