/**
 * An adapter on disk, as HF-PEFT's save_pretrained writes it: `adapter_config.json` (two spaces,
 * sorted keys) and `adapter_model.safetensors` (metadata `{"format": "pt"}`).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import { reasonOf } from '../reason.ts';
import { patternProblems, sizeProblems, valueProblems } from './adapter-checks.ts';
import { readJson, regularFile } from './json-file.ts';
import { discard, flushFolder, temporaryBeside, writeFlushed } from './replace-file.ts';
import {
  encodeSafetensors,
  openSafetensors,
  type SafetensorsFile,
  type TensorData,
  type WrittenType,
} from './safetensors.ts';
import type { StoredTensor } from './safetensors-header.ts';

export const ADAPTER_CONFIG = 'adapter_config.json';
export const ADAPTER_TENSORS = 'adapter_model.safetensors';
/** Our own description beside them, which HF-PEFT ignores. */
export const ADAPTER_CARD = 'quaestor.json';

/** An adapter as stored: configuration under HF-PEFT's field names, tensors under its keys. */
export interface StoredAdapter {
  readonly config: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, TensorData>;
}

const anyConfig = z.looseObject({ peft_type: z.string() });

/** A configuration is a page of JSON; AdaLoRA's ranks may fill some more. */
const LARGEST_CONFIG = 10_000_000;

const ORDERED: ReadonlySet<string> = new Set(['rank_pattern', 'alpha_pattern']);

type AnyConfig = Record<string, unknown> & { peft_type: string };

/** SHA-256 of what an adapter does: equal for two folders of one configuration and one set of tensors. */
export function adapterDigest(folder: string): string {
  const hash = createHash('sha256');
  for (const name of [ADAPTER_CONFIG, ADAPTER_TENSORS]) {
    const bytes = readFileSync(join(folder, name));
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Reads adapter_config.json alone.
 * @throws PeftError 'not-found' | 'bad-file' | 'bad-config' when `peft_type` is missing or a pattern
 *   cannot be used
 */
export function readAdapterConfig(folder: string): AnyConfig {
  const config = parseConfig(folder);
  const problems = patternProblems(config);
  if (problems.length === 0) return config;
  const path = join(folder, ADAPTER_CONFIG);
  throw new PeftError(
    'bad-config',
    { en: `${path} has patterns that cannot be used.`, zh: `${path} 中有无法使用的匹配模式。` },
    { problems },
  );
}

/**
 * Reads an adapter folder, whole, as float32. Nothing of it is trusted: sizes are compared with what
 * the file holds before memory is set aside, and all that is wrong is said at once.
 * @throws PeftError 'not-found' | 'bad-file' (truncated, corrupt, patterns that cannot be used, weights
 *   that are no numbers) | 'bad-config' | 'unsupported' for the old pickle format
 */
export function readAdapter(folder: string): StoredAdapter {
  const config = parseConfig(folder);
  const path = join(folder, ADAPTER_TENSORS);
  if (!existsSync(path)) refuseMissing(folder);
  regularFile(path);
  const file = openSafetensors(path);
  try {
    const stored = [...file.tensors];
    expectRoom(path, stored);
    const tensors = new Map(stored.map(([name]) => [name, tensorOf(file, name)]));
    const shapes = stored.map(([, { shape }]) => shape);
    const problems = [
      ...patternProblems(config),
      ...sizeProblems(config, shapes),
      ...valueProblems(tensors),
    ];
    if (problems.length === 0) return { config, tensors };
    throw new PeftError(
      'bad-file',
      { en: `The adapter in ${folder} cannot be used.`, zh: `${folder} 中的适配器无法使用。` },
      { problems: firstProblems(problems, 10) },
    );
  } finally {
    file.close();
  }
}

function parseConfig(folder: string): AnyConfig {
  const path = join(folder, ADAPTER_CONFIG);
  const parsed = anyConfig.safeParse(readJson(path, LARGEST_CONFIG));
  if (parsed.success) return parsed.data;
  throw new PeftError('bad-config', {
    en: `${path} is no adapter configuration: peft_type is missing.`,
    zh: `${path} 不是适配器的配置：缺少 peft_type。`,
  });
}

function refuseMissing(folder: string): never {
  if (existsSync(join(folder, 'adapter_model.bin'))) {
    throw new PeftError('unsupported', {
      en: `${folder} holds adapter_model.bin, a Python pickle; save it as safetensors with HF-PEFT (save_pretrained).`,
      zh: `${folder} 中是 Python pickle 文件 adapter_model.bin，请用 HF-PEFT（save_pretrained）另存为 safetensors。`,
    });
  }
  throw new PeftError('not-found', {
    en: `${folder} has no ${ADAPTER_TENSORS}.`,
    zh: `${folder} 中没有 ${ADAPTER_TENSORS}。`,
  });
}

/** A sparse file may claim more than any machine has. */
function expectRoom(path: string, stored: readonly (readonly [string, StoredTensor])[]): void {
  const values = stored.reduce(
    (sum, [, { shape }]) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  if (4 * values <= totalmem()) return;
  throw new PeftError('bad-file', {
    en: `${path} holds ${values} values; this machine's memory has no room for them.`,
    zh: `${path} 中有 ${values} 个数值，这台机器的内存放不下。`,
  });
}

function tensorOf(file: SafetensorsFile, name: string): TensorData {
  const { shape, dtype } = file.tensors.get(name) as StoredTensor;
  return { shape, data: file.read(name), ...(dtype === 'I32' && { integers: true }) };
}

/**
 * Writes an adapter folder, replacing what was there: a crash leaves the old folder or the new, or,
 * between the two renames, both under hidden names beside it.
 *
 * @param options.dtype stored type, F32 by default
 * @param options.card contents of quaestor.json, if there is to be one
 * @throws PeftError 'bad-file' when the disk is full or not writable, 'mismatch' for a tensor
 *   whose values do not fit its shape
 */
export function writeAdapter(
  folder: string,
  config: Readonly<Record<string, unknown>>,
  tensors: ReadonlyMap<string, TensorData>,
  options: { readonly dtype?: WrittenType; readonly card?: object | undefined } = {},
): void {
  const files = new Map<string, Uint8Array>([
    [ADAPTER_CONFIG, json(config)],
    [ADAPTER_TENSORS, encodeSafetensors(tensors, { dtype: options.dtype ?? 'F32' })],
  ]);
  if (options.card !== undefined) files.set(ADAPTER_CARD, json(options.card));
  replaceFolder(folder, files);
}

/**
 * Puts a folder with exactly these files, by their paths in it, in place of `folder`.
 * @throws PeftError 'bad-file'
 */
export function replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  putFolder(folder, files, (fresh, old) => {
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
    return true;
  });
}

/**
 * Makes a folder with exactly these files, by their paths in it, where none lies.
 * @returns false where something lies there, which stays: whoever came first, another process included
 * @throws PeftError 'bad-file'
 */
export function createFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): boolean {
  return putFolder(folder, files, (fresh) => {
    try {
      // A folder that holds something is not renamed onto.
      renameSync(fresh, folder);
      return true;
    } catch (error) {
      if (existsSync(folder)) return false;
      throw error;
    }
  });
}

/** @param put moves the written folder to its place, what lies there to another @returns what `put` does */
function putFolder(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  put: (fresh: string, old: string) => boolean,
): boolean {
  const fresh = temporaryBeside(folder);
  const old = temporaryBeside(folder);
  try {
    mkdirSync(fresh, { recursive: true });
    for (const [name, bytes] of files) {
      const path = join(fresh, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFlushed(path, bytes);
      flushFolder(dirname(path));
    }
    const done = put(fresh, old);
    flushFolder(join(folder, '..'));
    return done;
  } catch (cause) {
    if (existsSync(old) && !existsSync(folder)) renameSync(old, folder);
    const why = reasonOf(cause, folder);
    throw new PeftError(
      'bad-file',
      { en: `Cannot write ${folder}: ${why.en}`, zh: `无法写入 ${folder}：${why.zh}` },
      { cause },
    );
  } finally {
    discard(fresh);
    discard(old);
  }
}

/** Like Python's json.dumps(value, indent=2, sort_keys=True), patterns aside: their first match counts. */
function json(value: unknown): Uint8Array {
  const sorted = JSON.stringify(
    value,
    (key, entry: unknown) =>
      typeof entry === 'object' && entry !== null && !Array.isArray(entry) && !ORDERED.has(key)
        ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
        : entry,
    2,
  );
  return new TextEncoder().encode(sorted);
}
