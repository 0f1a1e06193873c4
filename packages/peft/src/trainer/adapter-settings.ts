import type { Adapter } from '../tuners/tuner.ts';

/** Whose adapter it is, not how it computes: a base may be opened by its path or by its name. */
const OF_THE_FILE = ['base_model_name_or_path', 'inference_mode', 'task_type'];

/**
 * What shapes of tensors do not tell of an adapter, as JSON: what it was attached with, which stays while its
 * `config` may grow as it trains. Lists of modules have no order. Null for one that `attachTuner` did not attach.
 */
export function adapterSettings({ settings }: Adapter): string | null {
  if (settings === undefined) return null;
  const kept = Object.entries(settings).filter(([field]) => !OF_THE_FILE.includes(field));
  const fields = kept.map(([field, value]) => [
    field,
    Array.isArray(value) && field.endsWith('modules') ? [...value].sort() : value,
  ]);
  return JSON.stringify(Object.fromEntries(fields));
}

/**
 * The five fields of LoRA that older checkpoints keep, as JSON. ReLoRA's rank and alpha grow together, so that
 * only their ratio counts.
 */
export function loraSettings({ config }: Adapter): string {
  const { r, lora_alpha, lora_dropout, use_rslora, use_dora } = config as Record<string, unknown>;
  const scale = typeof r === 'number' && typeof lora_alpha === 'number' ? lora_alpha / r : null;
  return JSON.stringify({ scale, lora_dropout, use_rslora, use_dora });
}
