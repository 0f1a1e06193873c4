/** The files that a saved model consists of, and what a folder holds of them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { MODEL_FORMAT } from './model-schema.ts';

export const MODEL_JSON = 'model.json';
export const MODEL_LISTS = 'lists.safetensors';
export const MODEL_CARD = 'README.md';

/** Names of all files of a saved model, the one that changes with each first. */
export const MODEL_FILES = [MODEL_JSON, MODEL_LISTS, MODEL_CARD] as const;
const FILES: ReadonlySet<string> = new Set(MODEL_FILES);
const model = z.object({ format: z.literal(MODEL_FORMAT), target: z.string() });

/**
 * What saving a model under this path would replace: nothing, a model and what that predicts, or
 * something else, of which nobody knows whether it is needed.
 */
export type Replaced =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'model'; readonly target: string }
  | { readonly kind: 'other' };

/** Looks at a path under which a model is to be saved. */
export function replacedBySaving(path: string): Replaced {
  if (!existsSync(path)) return { kind: 'nothing' };
  if (!statSync(path).isDirectory()) return { kind: 'other' };
  const names = readdirSync(path);
  if (names.length === 0) return { kind: 'nothing' };
  if (!names.includes(MODEL_JSON) || !names.every((name) => FILES.has(name))) {
    return { kind: 'other' };
  }
  try {
    const { target } = model.parse(JSON.parse(readFileSync(join(path, MODEL_JSON), 'utf8')));
    return { kind: 'model', target };
  } catch {
    return { kind: 'other' };
  }
}
