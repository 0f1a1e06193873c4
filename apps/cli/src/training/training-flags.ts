/** The flags that every `train` command has, and the run that they describe. */
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  knownSettings,
  methodToTrain,
  readAdapterConfig,
  stateFolder,
  type TrainConfig,
  type Tuner,
  trainConfig,
  tuners,
} from '@quaestor/peft';
import * as z from 'zod';
import { openAdapters } from '../adapters.ts';
import { completing, jsonOption, modelOption } from '../command.ts';
import { fileDigest } from '../file-digest.ts';
import { readMethodSettings, resolveAdapters } from './settings.ts';
import { expectNoRun } from './sole-run.ts';
import type { AdapterRun } from './train-adapter.ts';

const { shape } = trainConfig;

/** Of what is trained into what. */
export const adapterFlags = {
  out: z.string().min(1).describe('name of the adapter in the hub'),
  config: z.string().optional().describe('JSON file with any of these flags; flags win'),
  method: z
    .enum(tuners().map(({ name }) => name) as [string, ...string[]])
    .optional()
    .describe('tuning method; default: that of --from, else lora'),
  set: z
    .array(z.string())
    .default([])
    .describe(
      'field of the method’s configuration, under HF-PEFT’s name; others as the method suggests',
    ),
  from: completing(
    'adapters',
    z.string().min(1).optional().describe('adapter of the hub to go on from'),
  ),
  model: modelOption,
  learning_rate: z
    .number()
    .positive()
    .optional()
    .describe('peak learning rate; default: what suits the method'),
  replace: z.boolean().default(false).describe('replace an adapter of that name'),
  restart: z.boolean().default(false).describe('forget an unfinished run of that name'),
  json: jsonOption,
};

/** Of the trainer. */
export const trainingFlags = {
  ...adapterFlags,
  lr_scheduler_type: shape.lr_scheduler_type.describe('course of the learning rate'),
  warmup_ratio: shape.warmup_ratio,
  min_lr_ratio: shape.min_lr_ratio,
  weight_decay: shape.weight_decay,
  num_train_epochs: shape.num_train_epochs.describe('passes over the examples'),
  max_steps: shape.max_steps,
  batch_size: shape.batch_size,
  micro_batch_tokens: shape.micro_batch_tokens,
  group_by_length: shape.group_by_length,
  save_steps: shape.save_steps,
  seed: shape.seed.describe('seed of order, initial values and prompts'),
};

type AdapterFlags = z.output<z.ZodObject<typeof adapterFlags>> & { readonly seed: number };
/** The flags by which a method decides what is not given. */
type MethodFlags = Partial<Pick<AdapterFlags, 'method' | 'from' | 'learning_rate'>>;
type TrainingFlags = z.output<z.ZodObject<typeof trainingFlags>>;

/**
 * Settles what every training begins with.
 * @param flags all of the command: a checkpoint fits only the very same run
 * @param files what is learnt from; so does one of other contents
 * @returns folder for the checkpoints of this very run
 * @throws PeftError for a name that is bad or taken, InputError for one that is being trained
 */
export function prepareRun(
  flags: Pick<AdapterFlags, 'out' | 'replace' | 'json'> & { readonly restart?: boolean },
  files: readonly string[] = [],
): string {
  openAdapters().expectFree(flags.out, flags);
  const unfinished = stateFolder('training', flags.out);
  expectNoRun(unfinished, flags.out);
  if (flags.restart) rmSync(unfinished, { recursive: true, force: true });
  const { json: _json, replace: _replace, restart: _restart, ...run } = flags;
  // One that is missing is told of by whoever reads it.
  const present = files.filter((file) => existsSync(file));
  return join(unfinished, fingerprint({ ...run, files: present.map(fileDigest) }));
}

/**
 * The run that the flags of a command describe.
 * @param files what is learnt from, relative to the working folder
 * @throws PeftError for a name that is bad or taken, InputError for settings that cannot be read
 */
export function describeRun(
  given: AdapterFlags,
  cwd: string,
  files: readonly string[] = [],
): AdapterRun {
  const flags = { ...given, method: methodOf(given) };
  const tuner = tunerOf(flags);
  return {
    checkpoints: prepareRun(
      flags,
      files.map((file) => resolve(cwd, file)),
    ),
    out: flags.out,
    replace: flags.replace,
    method: flags.method,
    from: flags.from,
    seed: flags.seed,
    tuner: resolveAdapters(
      { ...settingsBefore(flags.from, tuner), ...readMethodSettings(flags.set, tuner) },
      cwd,
    ),
  };
}

/** Fields of a stored configuration that tell whose adapter it is, not how it is built. */
const OF_THE_FILE = ['peft_type', 'task_type', 'base_model_name_or_path', 'inference_mode'];

/**
 * Settings where none are given: those of the adapter to go on from, else what suits the method.
 * @throws PeftError 'not-found' for an adapter that is not there
 */
function settingsBefore(
  from: string | undefined,
  tuner: Tuner<unknown>,
): Readonly<Record<string, unknown>> {
  if (from === undefined) return tuner.defaults ?? {};
  const entry = openAdapters().get(from);
  const stored = Object.entries(knownSettings(tuner, readAdapterConfig(entry.path)));
  return Object.fromEntries(stored.filter(([field]) => !OF_THE_FILE.includes(field)));
}

/** @throws PeftError 'not-found' for an adapter that is not there, 'mismatch' for one of another method */
function methodOf({ method, from }: MethodFlags): string {
  return methodToTrain(method, from === undefined ? undefined : openAdapters().get(from));
}

/** What the trainer is told: flags that were given, then what suits the method, then its defaults. */
export function describeTraining(flags: TrainingFlags): TrainConfig {
  return trainConfig.strip().parse(withMethodRate(flags));
}

/** Flags that were given, with the method's own learning rate where none was. */
export function withMethodRate(flags: MethodFlags): object {
  return { learning_rate: tunerOf({ method: methodOf(flags) }).learningRate, ...defined(flags) };
}

/** The method that is named. */
export function tunerOf({ method }: { readonly method: string }): Tuner<unknown> {
  return tuners().find(({ name }) => name === method) as Tuner<unknown>;
}

/** Without the fields that were not given, so that they do not hide a default. */
function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function fingerprint(run: object): string {
  return createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 12);
}
