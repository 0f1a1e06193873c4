/**
 * The memory of a training run before it starts: weights, gradients, optimizer and activations, for
 * PyTorch with Hugging Face transformers and for this package's own engine.
 *
 *   bytes per parameter   weights                gradient of trained   AdamW of trained
 *   fp32                  4                      4                     8
 *   bf16                  2                      2                     4
 *   fp16-mixed            2 (+ 4 trained)        2                     8      (Rajbhandari et al. 2020, §3.1)
 *   own engine            2 or 4 (+ 4 trained)   4                     8
 *
 * The total is the sum. A real peak lies a little below it, since activations are freed while
 * gradients come in, or above it by what kernels and allocators need in passing.
 */
import { PeftError } from '../errors.ts';
import type { NumberForm, Precision } from '../tensors/chosen-precision.ts';
import {
  type Architecture,
  blockCount,
  moduleShapes,
  moduleSize,
  parameterCount,
} from './architecture.ts';
import { engineActivations, engineWeightCopies } from './engine-activations.ts';
import { trainedShapes } from './methods/index.ts';
import type { TrainedShapes } from './methods/trained-shapes.ts';
import { optimizerBytes } from './optimizer-memory.ts';
import type { PlanConfig } from './plan-config.ts';
import { transformersActivations } from './transformers-activations.ts';

/** Bytes by what they hold. */
export interface Memory {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  /** The process itself, where it lies in the same memory. */
  readonly process: number;
  readonly total: number;
}

export interface TrainingPlan {
  readonly model: string;
  readonly method: string;
  /** Parameters of the model. */
  readonly parameters: number;
  readonly trained: number;
  /** PyTorch and transformers: on the device that computes. */
  readonly transformers: Memory;
  /** What offloading moves to the host; null without offloading. */
  readonly host: Memory | null;
  /** This package's engine with AdamW, in the given form; null for a family that it lacks. */
  readonly engine: Memory | null;
}

/** Of a number. */
const BYTES: Readonly<Record<Precision, number>> = { float32: 4, bfloat16: 2 };
/** Tokens of a pass, as the trainer's `micro_batch_tokens` has them. */
const PASS_TOKENS = 1400;
/** Node, TensorFlow and its threads, measured after loading them. */
const ENGINE_PROCESS = 600e6;

/**
 * Plans a run.
 * @param settings fields of the method's configuration, as in `adapter_config.json`
 * @param form in which this package's engine computes and keeps weights, as `engine()` tells it
 * @throws PeftError 'not-found' for an unknown method, 'bad-config' for settings that do not fit
 */
export function planTraining(
  architecture: Architecture,
  method: string,
  settings: Readonly<Record<string, unknown>>,
  config: PlanConfig,
  form: NumberForm = { precision: 'bfloat16', storage: 'bfloat16' },
): TrainingPlan {
  const trained = trainedShapes(architecture, method, settings);
  if (architecture.family !== 't5' && (config.target ?? 0) > config.sequence) {
    throw new PeftError('bad-config', {
      en: `target: expected at most the ${config.sequence} tokens of a sequence, got ${config.target}`,
      zh: `target：最多为一个序列的 ${config.sequence} 个词元，实际为 ${config.target}`,
    });
  }
  const { device, host } = offloaded(
    architecture,
    transformersMemory(architecture, trained, config),
    config,
  );
  return {
    model: architecture.name,
    method,
    parameters: parameterCount(architecture),
    trained: entries(trained.tensors),
    transformers: device,
    host,
    engine:
      architecture.family === 'llama' ? engineMemory(architecture, trained, config, form) : null,
  };
}

function transformersMemory(
  architecture: Architecture,
  trained: TrainedShapes,
  config: PlanConfig,
): Memory {
  const bytes = config.precision === 'fp32' ? 4 : 2;
  const mixed = config.precision === 'fp16-mixed';
  const count = entries(trained.tensors);
  const added = count - ownEntries(architecture, trained);
  return memory({
    weights: bytes * (parameterCount(architecture) + added) + (mixed ? 4 * count : 0),
    gradients: bytes * (trained.gradientEntries ?? count),
    optimizer: sum(trained.tensors, (shape) =>
      optimizerBytes(config.optimizer, shape, mixed ? 4 : bytes),
    ),
    activations: transformersActivations(architecture, trained, {
      ...config,
      bytes,
      target: config.target ?? config.sequence,
    }),
  });
}

function engineMemory(
  architecture: Architecture,
  trained: TrainedShapes,
  { batch, sequence, target }: PlanConfig,
  { precision, storage }: NumberForm,
): Memory {
  const perPass = Math.min(batch, Math.max(1, Math.floor(PASS_TOKENS / sequence)));
  const count = entries(trained.tensors);
  // With several passes the sum of the gradients lies beside those of the pass.
  const gradients = perPass < batch ? 2 : 1;
  return memory({
    weights:
      BYTES[storage] * parameterCount(architecture) +
      engineWeightCopies(architecture, trained, BYTES[storage]) +
      4 * count,
    gradients: 4 * gradients * count,
    optimizer: sum(trained.tensors, (shape) => optimizerBytes('adamw', shape, 4)),
    activations: engineActivations(
      architecture,
      trained,
      perPass * (sequence + trained.virtualTokens),
      perPass * (target ?? sequence),
      BYTES[precision],
    ),
    // Loading leaves the room of the largest matrix in float32 behind, once in JavaScript and once
    // in TensorFlow; weights and products in float32 were measured to take that room once more each.
    process:
      ENGINE_PROCESS +
      (2 + wide(precision) + wide(storage)) * 4 * architecture.vocabulary * architecture.hidden,
  });
}

const wide = (precision: Precision): number => (precision === 'float32' ? 1 : 0);

/** What stays on the device and what goes to the host. */
function offloaded(
  architecture: Architecture,
  all: Memory,
  { offload, precision }: PlanConfig,
): { device: Memory; host: Memory | null } {
  const { weights, gradients, optimizer, activations } = all;
  if (offload === 'none') return { device: all, host: null };
  if (offload === 'optimizer') {
    const rest = memory({ weights, gradients, activations, optimizer: 0 });
    return { device: rest, host: memory({ weights: 0, gradients: 0, optimizer, activations: 0 }) };
  }
  const bytes = precision === 'fp32' ? 4 : 2;
  return {
    device: memory({
      weights: Math.min(weights, bytes * residentEntries(architecture)),
      gradients: 0,
      optimizer: 0,
      activations,
    }),
    host: memory({ weights, gradients, optimizer, activations: 0 }),
  };
}

/** Two blocks, one in use and one on its way, or the embedding, whichever is more. */
function residentEntries(architecture: Architecture): number {
  const modules = moduleShapes(architecture);
  const block = (wanted: number): number =>
    sum(
      modules.filter((module) => module.block === wanted),
      moduleSize,
    );
  const largest = Math.max(
    ...Array.from({ length: blockCount(architecture) }, (_, wanted) => block(wanted)),
  );
  return Math.max(2 * largest, ...modules.map(moduleSize));
}

/** Entries of trained tensors that are the model's own. */
function ownEntries(architecture: Architecture, trained: TrainedShapes): number {
  if (trained.gradientEntries !== undefined) return entries(trained.tensors);
  const own = moduleShapes(architecture).filter(({ path }) => trained.ownWeights.has(path));
  return Math.min(sum(own, moduleSize), entries(trained.tensors));
}

function memory(parts: Omit<Memory, 'process' | 'total'> & { readonly process?: number }): Memory {
  const { weights, gradients, optimizer, activations, process = 0 } = parts;
  return {
    ...{ weights, gradients, optimizer, activations, process },
    total: weights + gradients + optimizer + activations + process,
  };
}

function entries(shapes: readonly (readonly number[])[]): number {
  return sum(shapes, (shape) => shape.reduce((product, length) => product * length, 1));
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
