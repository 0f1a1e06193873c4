/**
 * An adapter on disk, as HF-PEFT's save_pretrained writes it: `adapter_config.json` (two spaces,
 * sorted keys) and `adapter_model.safetensors` (metadata `{"format": "pt"}`).
 */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { readJson } from './json-file.ts';
import { discard, flushFolder, temporaryBeside, writeFlushed } from './replace-file.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type TensorData,
  type WrittenType,
} from './safetensors.ts';

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

/**
 * Reads adapter_config.json alone.
 * @throws PeftError 'not-found' | 'bad-file' | 'bad-config' when `peft_type` is missing
 */
export function readAdapterConfig(folder: string): Record<string, unknown> & { peft_type: string } {
  const path = join(folder, ADAPTER_CONFIG);
  const parsed = anyConfig.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  throw new PeftError('bad-config', `${path} is no adapter configuration: peft_type is missing.`);
}

/**
 * Reads an adapter folder, whole, as float32.
 * @throws PeftError 'not-found' | 'bad-file' (truncated or corrupt) | 'bad-config' |
 *   'unsupported' for the old pickle format
 */
export function readAdapter(folder: string): StoredAdapter {
  const config = readAdapterConfig(folder);
  const path = join(folder, ADAPTER_TENSORS);
  if (existsSync(path)) return { config, tensors: decodeSafetensors(readFileSync(path), path) };
  if (existsSync(join(folder, 'adapter_model.bin'))) {
    throw new PeftError(
      'unsupported',
      `${folder} holds adapter_model.bin, a Python pickle; save it as safetensors with HF-PEFT (save_pretrained).`,
    );
  }
  throw new PeftError('not-found', `${folder} has no ${ADAPTER_TENSORS}.`);
}

/**
 * Writes an adapter folder, replacing what was there; a crash leaves the old folder or the new.
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
 * Puts a folder with exactly these files in place of `folder`.
 * @throws PeftError 'bad-file'
 */
export function replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const fresh = temporaryBeside(folder);
  const old = temporaryBeside(folder);
  try {
    mkdirSync(fresh, { recursive: true });
    for (const [name, bytes] of files) writeFlushed(join(fresh, name), bytes);
    flushFolder(fresh);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
    flushFolder(join(folder, '..'));
  } catch (cause) {
    if (existsSync(old) && !existsSync(folder)) renameSync(old, folder);
    throw new PeftError('bad-file', `Cannot write ${folder}: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    discard(fresh);
    discard(old);
  }
}

/** Like Python's json.dumps(value, indent=2, sort_keys=True). */
function json(value: unknown): Uint8Array {
  const sorted = JSON.stringify(
    value,
    (_, entry: unknown) =>
      typeof entry === 'object' && entry !== null && !Array.isArray(entry)
        ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
        : entry,
    2,
  );
  return new TextEncoder().encode(sorted);
}
