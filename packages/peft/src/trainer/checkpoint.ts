/**
 * A checkpoint is one safetensors file: parameters, moments, and in its metadata the step, the losses up
 * to it, the configuration and the precision that was computed in. It is written whole or not at all, and
 * the one before it is kept until then.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { openSafetensors, type TensorData, writeSafetensors } from '../io/safetensors.ts';
import type { NumberForm, Precision } from '../tensors/chosen-precision.ts';
import type { Translated } from '../translated.ts';
import { loadVariables } from '../tuners/load-variables.ts';
import type { Adapter } from '../tuners/tuner.ts';
import type { AdamW } from './adamw.ts';
import { adapterSettings, loraSettings } from './adapter-settings.ts';
import type { TrainConfig } from './config.ts';

const PARAMETER = 'parameter.';
const MOMENT = 'moment.';
const PROGRESS = 'progress.';
const FILE = /^checkpoint-(\d+)\.safetensors$/;

/** A run as its checkpoints keep it. */
export interface CheckpointedRun {
  readonly model: NumberForm;
  readonly adapter: Adapter;
  readonly optimizer: AdamW;
  readonly config: TrainConfig;
  /** Digest of the examples, as `examplesDigest` gives it. */
  readonly examples: string;
}

/**
 * Writes checkpoint-<step>.safetensors and removes older ones.
 * @param losses of the steps so far @returns its path
 */
export function saveCheckpoint(
  folder: string,
  step: number,
  losses: readonly number[],
  { model, adapter, optimizer, config, examples }: CheckpointedRun,
): string {
  mkdirSync(folder, { recursive: true });
  const tensors = new Map<string, TensorData>();
  for (const { name, variable } of adapter.parameters())
    tensors.set(PARAMETER + name, read(variable));
  const { step: updates, tensors: moments } = optimizer.state();
  for (const [name, tensor] of moments) tensors.set(MOMENT + name, read(tensor));
  for (const [name, data] of adapter.progress?.state() ?? []) tensors.set(PROGRESS + name, data);
  const settings = adapterSettings(adapter);
  const path = join(folder, `checkpoint-${step}.safetensors`);
  writeSafetensors(path, tensors, {
    metadata: {
      step: String(step),
      updates: String(updates),
      config: JSON.stringify(config),
      adapter: loraSettings(adapter),
      ...(settings !== null && { settings }),
      examples,
      losses: JSON.stringify(losses),
      precision: model.precision,
      storage: model.storage,
    },
  });
  for (const other of checkpointSteps(folder)) {
    if (other < step) rmSync(join(folder, `checkpoint-${other}.safetensors`), { force: true });
  }
  return path;
}

/**
 * Restores the newest checkpoint of a folder.
 * @returns the steps done and their losses, as far as they are kept; 0 steps when there is none
 * @throws PeftError 'mismatch' when it was written under another configuration, in another precision, by another
 *   adapter or on other examples
 */
export function loadCheckpoint(
  folder: string,
  { model, adapter, optimizer, config, examples }: CheckpointedRun,
): { readonly step: number; readonly losses: number[] } {
  const { step, path } = newestIn(folder);
  if (step === 0) return { step, losses: [] };
  const file = openSafetensors(path);
  try {
    const written = file.metadata.config ?? '{}';
    if (pastOf(JSON.parse(written)) !== pastOf(config)) {
      throw new PeftError(
        'mismatch',
        {
          en: `${path} was written by a run with another configuration; remove the folder to start anew, or use the same configuration`,
          zh: `${path} 由另一种设置的训练写入，请删除该文件夹重新开始，或使用相同的设置`,
        },
        { problems: differing(JSON.stringify(config), written) },
      );
    }
    expectSamePrecision(path, file.metadata, model);
    expectSameAdapter(path, file.metadata, adapter);
    expectSameExamples(path, file.metadata, examples);
    const under = (prefix: string): Map<string, TensorData> =>
      new Map(
        [...file.tensors]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, { shape }]) => [
            name.slice(prefix.length),
            { shape, data: file.read(name) },
          ]),
      );
    adapter.progress?.load(under(PROGRESS));
    loadVariables(adapter.parameters(), under(PARAMETER));
    optimizer.load(Number(file.metadata.updates), under(MOMENT));
    return { step, losses: JSON.parse(file.metadata.losses ?? '[]') as number[] };
  } finally {
    file.close();
  }
}

/**
 * What the newest checkpoint of a folder was computed in, so that a model can be opened alike; null
 * where there is none, or none that says so.
 */
export function checkpointPrecision(folder: string): NumberForm | null {
  const { step, path } = newestIn(folder);
  if (step === 0) return null;
  const file = openSafetensors(path);
  try {
    return computedIn(file.metadata);
  } finally {
    file.close();
  }
}

/** Step of the newest checkpoint of a folder; 0 where there is none. */
export function checkpointStep(folder: string): number {
  return newestIn(folder).step;
}

/** Factors that were trained at one scale are no beginning for another adapter; older checkpoints tell less. */
function expectSameAdapter(path: string, metadata: Metadata, adapter: Adapter): void {
  const settings = adapterSettings(adapter);
  const [expected, written] =
    settings !== null && metadata.settings !== undefined
      ? [settings, metadata.settings]
      : [loraSettings(adapter), metadata.adapter];
  if (written === undefined || written === expected) return;
  throw new PeftError(
    'mismatch',
    {
      en: `${path} was written by a run with another adapter; remove the folder to start anew, or use the same settings`,
      zh: `${path} 由另一种适配器设置的训练写入，请删除该文件夹重新开始，或使用相同的设置`,
    },
    { problems: differing(expected, written) },
  );
}

/** The steps that were done saw other batches; older checkpoints do not tell of which. */
function expectSameExamples(path: string, metadata: Metadata, expected: string): void {
  const { examples = expected } = metadata;
  if (examples === expected) return;
  throw new PeftError('mismatch', {
    en: `${path} was written by a run on other training examples; remove the folder to start anew, or use the same examples`,
    zh: `${path} 由使用另一批训练样本的训练写入，请删除该文件夹重新开始，或使用相同的样本`,
  });
}

function differing(expected: string, got: string): Translated[] {
  return [
    { en: `expected ${expected}`, zh: `应为 ${expected}` },
    { en: `got ${got}`, zh: `实际为 ${got}` },
  ];
}

/** Another precision rounds otherwise: the run would end in another adapter than it began. */
function expectSamePrecision(path: string, metadata: Metadata, model: NumberForm): void {
  const written = computedIn(metadata);
  if (!written) return;
  if (written.precision === model.precision && written.storage === model.storage) return;
  const [got, expected] = [model, written].map(
    ({ precision, storage }) => `${precision} over weights in ${storage}`,
  );
  throw new PeftError('mismatch', {
    en: `${path} was computed in ${expected}, and this run computes in ${got}: expected the same. Open the model in those, or remove the folder to start anew.`,
    zh: `${path} 的计算精度是 ${expected}，而本次训练是 ${got}，两者须相同。请以原来的精度打开模型，或删除该文件夹重新开始。`,
  });
}

type Metadata = Readonly<Record<string, string>>;

function computedIn({ precision, storage }: Metadata): NumberForm | null {
  const known = (value: string | undefined): value is Precision =>
    value === 'float32' || value === 'bfloat16';
  return known(precision) && known(storage) ? { precision, storage } : null;
}

function newestIn(folder: string): { readonly step: number; readonly path: string } {
  const step = Math.max(0, ...checkpointSteps(folder));
  return { step, path: join(folder, `checkpoint-${step}.safetensors`) };
}

/** What the steps already done depended on: a run may be extended, or saved more often. */
function pastOf(config: Partial<TrainConfig>): string {
  const { max_steps: _horizon, save_steps: _frequency, ...past } = config;
  return JSON.stringify(past);
}

function checkpointSteps(folder: string): readonly number[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const step = FILE.exec(name)?.[1];
    return step === undefined ? [] : [Number(step)];
  });
}

function read(tensor: Tensor): TensorData {
  return { shape: tensor.shape, data: tensor.dataSync() as Float32Array };
}
