/**
 * A checkpoint is one safetensors file: parameters, moments, and in its metadata the step and the
 * configuration. It is written whole or not at all, and the one before it is kept until then.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { openSafetensors, type TensorData, writeSafetensors } from '../io/safetensors.ts';
import { loadVariables } from '../tuners/load-variables.ts';
import type { Adapter } from '../tuners/tuner.ts';
import type { AdamW } from './adamw.ts';
import type { TrainConfig } from './config.ts';

const PARAMETER = 'parameter.';
const MOMENT = 'moment.';
const PROGRESS = 'progress.';
const FILE = /^checkpoint-(\d+)\.safetensors$/;

/** Writes checkpoint-<step>.safetensors and removes older ones. @returns its path */
export function saveCheckpoint(
  folder: string,
  step: number,
  adapter: Adapter,
  optimizer: AdamW,
  config: TrainConfig,
): string {
  mkdirSync(folder, { recursive: true });
  const tensors = new Map<string, TensorData>();
  for (const { name, variable } of adapter.parameters())
    tensors.set(PARAMETER + name, read(variable));
  const { step: updates, tensors: moments } = optimizer.state();
  for (const [name, tensor] of moments) tensors.set(MOMENT + name, read(tensor));
  for (const [name, data] of adapter.progress?.state() ?? []) tensors.set(PROGRESS + name, data);
  const path = join(folder, `checkpoint-${step}.safetensors`);
  writeSafetensors(path, tensors, {
    metadata: { step: String(step), updates: String(updates), config: JSON.stringify(config) },
  });
  for (const other of checkpointSteps(folder)) {
    if (other < step) rmSync(join(folder, `checkpoint-${other}.safetensors`), { force: true });
  }
  return path;
}

/**
 * Restores the newest checkpoint of a folder.
 * @returns the steps done, 0 when there is none
 * @throws PeftError 'mismatch' when it was written under another configuration
 */
export function loadCheckpoint(
  folder: string,
  adapter: Adapter,
  optimizer: AdamW,
  config: TrainConfig,
): number {
  const step = Math.max(0, ...checkpointSteps(folder));
  if (step === 0) return 0;
  const path = join(folder, `checkpoint-${step}.safetensors`);
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
        {
          problems: [
            { en: `expected ${JSON.stringify(config)}`, zh: `应为 ${JSON.stringify(config)}` },
            { en: `got ${written}`, zh: `实际为 ${written}` },
          ],
        },
      );
    }
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
    return step;
  } finally {
    file.close();
  }
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
