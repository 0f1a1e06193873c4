/**
 * What every method is: a name, a configuration with Hugging Face PEFT's field names, and `attach`,
 * which hooks onto a frozen model and returns the adapter. Methods register themselves; nothing
 * outside a method's own file asks which method it is.
 */

import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import type * as z from 'zod';
import { PeftError } from '../errors.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { Random } from '../tensors/random.ts';
import type { AdamW } from '../trainer/adamw.ts';
import type { TrainExample } from '../trainer/batches.ts';
import type { TrainConfig } from '../trainer/config.ts';
import type { Text } from '../translated.ts';
import { carryMethod } from './carried-method.ts';
import { configProblems } from './config-words.ts';
import { guardedAdapter } from './guarded-adapter.ts';
import { schemaFor } from './known-settings.ts';

/** A trained tensor under the name that Hugging Face PEFT saves it by. */
export interface NamedVariable {
  readonly name: string;
  readonly variable: Variable;
}

/** A method attached to a model. */
export interface Adapter {
  /** As written to `adapter_config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What it was attached with, defaults filled in, which no training changes; `attachTuner` keeps it. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether dropout and the like are active; the trainer sets it. */
  training: boolean;
  /** Where it is; `attachTuner` keeps it. */
  readonly status?: 'attached' | 'merged' | 'detached';
  parameters(): readonly NamedVariable[];
  /** Tensors by their name in `adapter_model.safetensors`. Owned by the adapter. */
  state(): ReadonlyMap<string, Tensor>;
  /**
   * Overwrites the parameters, those of a merged one in the weights, too.
   * @throws PeftError 'mismatch' naming the wrong and missing tensors
   */
  load(state: ReadonlyMap<string, { shape: readonly number[]; data: Float32Array }>): void;
  /** Folds the change into the weights; the output stays the same. */
  merge?(): void;
  /** Undoes `merge`, bit for bit. */
  unmerge?(): void;
  /** Takes the method off and frees its tensors; the model is the base again, bit for bit. */
  detach(): void;
  /** Called once before a run's first step, not when a run is resumed (scores, masks, initial values). */
  begin?(run: TrainingRun): void | Promise<void>;
  /** May replace a step's gradients before they are clipped; a replaced tensor is disposed here. */
  adjust?(gradients: Map<string, Tensor>): void;
  /** Called after each optimizer step (budgets, restarts, masks). */
  onStep?(step: StepReport): void | Promise<void>;
  /** What a resumed run needs beside the parameters. Restored before the parameters are. */
  readonly progress?: AdapterProgress;
  /** Added to the loss (orthogonality and the like). */
  penalty?(): Scalar;
}

/** A run as the method sees it. */
export interface TrainingRun {
  readonly model: LanguageModel;
  readonly examples: readonly TrainExample[];
  readonly totalSteps: number;
  readonly config: TrainConfig;
  readonly random: Random;
  /** Mean cross-entropy of the labelled tokens of some examples, differentiable. */
  loss(examples: readonly TrainExample[]): Scalar;
}

/** A finished optimizer step. */
export interface StepReport {
  /** From 1. */
  readonly step: number;
  readonly loss: number;
  /** By parameter name, clipped; valid during the call. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly optimizer: AdamW;
  readonly run: TrainingRun;
}

/** State of a method that changes while it trains, for checkpoints. */
export interface AdapterProgress {
  state(): ReadonlyMap<string, TensorData>;
  load(state: ReadonlyMap<string, TensorData>): void;
}

export interface Tuner<Config = unknown> {
  /** As typed on the command line: `lora`. */
  readonly name: string;
  /** As in `adapter_config.json`: `LORA`. */
  readonly peftType: string;
  readonly family: 'input' | 'model' | 'output' | 'selected' | 'low-rank';
  readonly paper: string;
  /** Number of trained parameters, as a formula; one without words is the same in each language. */
  readonly parameterCount: Text;
  /** Whether an untrained adapter leaves the base's output as it is. */
  readonly startsAtBase: boolean;
  /** Peak learning rate that suits the method where none is given. */
  readonly learningRate: number;
  /** A configuration that suits text-to-SQL on a small model, where none is given. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly config: z.ZodType<Config>;
  attach(model: LanguageModel, config: Config, random: Random): Adapter;
}

const registry = new Map<string, Tuner<never>>();

/** Registers a method under its name. @throws PeftError 'bad-config' where another one has it */
export function defineTuner<Config>(tuner: Tuner<Config>): Tuner<Config> {
  const known = registry.get(tuner.name) as Tuner<Config> | undefined;
  if (known && known !== tuner) {
    throw new PeftError('bad-config', {
      en: `there is a method '${tuner.name}' already; give the new one another name`,
      zh: `已有名为“${tuner.name}”的方法，请为新的换一个名称`,
    });
  }
  registry.set(tuner.name, tuner as unknown as Tuner<never>);
  return tuner;
}

/** Every registered method, in order of registration. */
export function tuners(): readonly Tuner<unknown>[] {
  return [...registry.values()] as unknown as Tuner<unknown>[];
}

/**
 * Attaches a method, chosen by name or by the `peft_type` of a saved configuration.
 * @throws PeftError 'not-found' for an unknown method, 'bad-config' with every problem of the
 *   configuration, or when the model carries a method already
 */
export function attachTuner(
  model: LanguageModel,
  method: string,
  config: Readonly<Record<string, unknown>>,
  random: Random,
): Adapter {
  const tuner = tuners().find(({ name, peftType }) => name === method || peftType === method);
  if (!tuner) {
    const known = tuners().map(({ name }) => name);
    throw new PeftError('not-found', {
      en: `unknown method '${method}'; there is ${known.join(', ')}`,
      zh: `没有名为“${method}”的方法，已有的方法：${known.join('、')}`,
    });
  }
  const schema = schemaFor(tuner, config);
  const parsed = schema.safeParse(config);
  if (!parsed.success) {
    throw new PeftError(
      'bad-config',
      {
        en: `the configuration of ${tuner.name} does not fit`,
        zh: `方法 ${tuner.name} 的设置不合要求`,
      },
      {
        problems: configProblems(schema, config, parsed.error),
        cause: parsed.error,
      },
    );
  }
  const release = carryMethod(model, tuner.name);
  try {
    const settings = namingBase(parsed.data as object, model);
    const adapter = tuner.attach(model, settings, random);
    return Object.assign(guardedAdapter(adapter, tuner.name, release), { settings });
  } catch (error) {
    release();
    throw error;
  }
}

/** A configuration as it is saved: with its base's name. */
function namingBase(config: { base_model_name_or_path?: string | null }, { name }: LanguageModel) {
  return { ...config, base_model_name_or_path: config.base_model_name_or_path ?? name };
}
