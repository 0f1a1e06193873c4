import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  evaluateHeldOut,
  type LanguageModel,
  seededRandom,
  train,
  trainConfig,
  tuners,
  writeAdapter,
} from '@quaestor/peft';
import { InputError } from '../../errors.ts';
import type { MethodTask } from './task.ts';

/** How one method is trained in the comparison. */
export interface MethodRun {
  readonly method: string;
  /** Fields beside the method's own defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly learningRate?: number | undefined;
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
}

export interface MeasuredMethod {
  readonly method: string;
  readonly task: string;
  readonly learningRate: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly steps: number;
  readonly tokens: number;
  readonly trainedParameters: number;
  readonly adapterBytes: number;
  /** Resident memory of the process at its highest while training. */
  readonly peakBytes: number;
  /** Median of the steps after the first. */
  readonly tokensPerSecond: number;
  readonly secondsBefore: number;
  readonly losses: readonly number[];
  readonly heldOutLoss: number;
  readonly score: { readonly name: string; readonly value: number };
}

/** The base as it is: what every method is compared with. */
export const BASE_ROW = 'base';

/** Trains a method on a task in this process, which should do nothing else: its peak memory counts. */
export async function measureMethod(
  model: LanguageModel,
  task: MethodTask,
  run: MethodRun,
  signal: AbortSignal,
): Promise<MeasuredMethod> {
  const { method, steps, batchSize, seed } = run;
  const tuner = tuners().find(({ name }) => name === method);
  if (method !== BASE_ROW && !tuner) throw new InputError(`There is no method ${method}.`);
  const settings = { ...tuner?.defaults, ...run.settings };
  const learningRate = run.learningRate ?? tuner?.learningRate ?? 0;
  const adapter = tuner ? attachTuner(model, method, settings, seededRandom(seed)) : null;
  try {
    const losses: number[] = [];
    const speeds: number[] = [];
    let tokens = 0;
    let trainedParameters = 0;
    let first = 0;
    const began = performance.now();
    if (adapter) {
      const config = trainConfig.parse({
        learning_rate: learningRate,
        batch_size: batchSize,
        num_train_epochs: 1000,
        max_steps: steps,
        seed,
      });
      for await (const event of train(model, adapter, task.train, config, { signal })) {
        if (event.type !== 'step') continue;
        if (event.step === 1) first = performance.now();
        losses.push(event.loss);
        if (event.step > 1) speeds.push(event.tokensPerSecond);
        tokens += event.tokens;
        const now = adapter.parameters().reduce((sum, { variable }) => sum + variable.size, 0);
        trainedParameters = Math.max(trainedParameters, now);
      }
    }
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    const adapterBytes = adapter ? storedBytes(adapter) : 0;
    const heldOut = evaluateHeldOut(model, task.heldOut);
    const score = task.score?.(model) ?? { name: 'token accuracy', value: 100 * heldOut.accuracy };
    return {
      method,
      task: task.name,
      learningRate,
      settings,
      steps: losses.length,
      tokens,
      trainedParameters,
      adapterBytes,
      peakBytes,
      tokensPerSecond: median(speeds),
      secondsBefore: adapter ? (first - began) / 1000 : 0,
      losses,
      heldOutLoss: heldOut.loss,
      score,
    };
  } finally {
    adapter?.detach();
  }
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
