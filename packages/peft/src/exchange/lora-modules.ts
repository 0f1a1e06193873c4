/**
 * A stored LoRA as other programs see it: for each linear layer A[r, in], B[out, r] and the factor of
 * their product. What is more than that is named, since no reader outside HF-PEFT computes it.
 */
import { PeftError } from '../errors.ts';
import type { TensorData } from '../io/safetensors.ts';
import { changesBase, type LoraConfig, loraConfig } from '../tuners/lora-config.ts';
import { rankAndScale } from '../tuners/lora-rank.ts';

/** The correction s·B·A of one layer. */
export interface LoraModule {
  /** `model.layers.0.self_attn.q_proj` */
  readonly path: string;
  /** [r, in] */
  readonly a: TensorData;
  /** [out, r] */
  readonly b: TensorData;
  readonly rank: number;
  /** α/r, or α/√r with rsLoRA, by the patterns. */
  readonly scale: number;
}

export interface PlainLora {
  readonly config: LoraConfig;
  readonly modules: readonly LoraModule[];
}

const PREFIX = 'base_model.model.';
const FACTOR = /^(.*)\.lora_([AB])\.weight$/;
const MERGE = 'merge it into the base first';

/**
 * Splits an adapter into its layers.
 * @param config as in adapter_config.json @param state tensors by their name in the adapter's file
 * @throws PeftError 'bad-config' for a configuration that is none, 'unsupported' naming everything
 *   that is no plain LoRA, 'bad-file' naming every tensor that is missing, odd or not finite
 */
export function plainLora(
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
): PlainLora {
  const problems = notPlain(config, state);
  if (problems.length > 0) {
    throw new PeftError('unsupported', 'only a plain LoRA can be exported', { problems });
  }
  const settings = readConfig(config);
  const modules = pairFactors(settings, state);
  return { config: settings, modules };
}

/** Everything in an adapter that is no plain LoRA, each with what to do; empty for one that is. */
export function notPlain(
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
): readonly string[] {
  const type = config.peft_type;
  if (type !== 'LORA') return [`peft_type is ${JSON.stringify(type)}, no LORA: ${MERGE}`];
  const set = (field: string): boolean => {
    const value = config[field];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  };
  const keys = [...state.keys()];
  const embeddings = keys.some((key) => key.includes('.lora_embedding_'));
  const biased = (config.bias ?? 'none') !== 'none';
  // What the sentences below name already.
  const known = [FACTOR, /\.lora_embedding_[AB]$/, /\.lora_magnitude_vector$/];
  if (biased || set('lora_bias')) known.push(/\.bias$/);
  if (set('modules_to_save')) known.push(/^(?!.*\.lora_)/);
  const others = keys.filter((key) => !known.some((pattern) => pattern.test(key)));
  const problems = [
    (set('use_dora') || keys.some((key) => key.endsWith('.lora_magnitude_vector'))) &&
      `use_dora: DoRA rescales the rows of the base: ${MERGE}`,
    set('modules_to_save') &&
      `modules_to_save: whole modules are trained (${[config.modules_to_save].flat().join(', ')}): ${MERGE}`,
    biased && `bias is ${JSON.stringify(config.bias)}: biases of the base are trained: ${MERGE}`,
    set('lora_bias') && `lora_bias: B has a bias: ${MERGE}`,
    embeddings && `the embedding has a correction: ${MERGE}, or train without embed_tokens`,
    set('alora_invocation_tokens') &&
      'alora_invocation_tokens: the correction begins at certain tokens',
    set('trainable_token_indices') &&
      `trainable_token_indices: single embeddings are trained: ${MERGE}`,
    typeof config.init_lora_weights === 'string' &&
      changesBase({ init_lora_weights: config.init_lora_weights as 'pissa' }) &&
      `init_lora_weights is ${JSON.stringify(config.init_lora_weights)}: it belongs to a changed base; load it here and save it again, which converts it`,
    others.length > 0 && `tensors that no plain LoRA has: ${shorten(others)}`,
  ];
  return problems.filter((problem) => problem !== false);
}

function readConfig(config: Readonly<Record<string, unknown>>): LoraConfig {
  const parsed = loraConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new PeftError('bad-config', 'the configuration is none of a LoRA', {
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  });
}

function pairFactors(
  config: LoraConfig,
  state: ReadonlyMap<string, TensorData>,
): readonly LoraModule[] {
  const pairs = new Map<string, { A?: TensorData; B?: TensorData }>();
  const problems: string[] = [];
  for (const [key, tensor] of state) {
    const [, name = '', factor = ''] = FACTOR.exec(key) ?? [];
    const path = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
    pairs.set(path, { ...pairs.get(path), [factor]: tensor });
    if (tensor.data.some((value) => !Number.isFinite(value))) {
      problems.push(`${key}: holds NaN or infinity`);
    }
  }
  const modules: LoraModule[] = [];
  for (const [path, { A: a, B: b }] of pairs) {
    const { rank, scale } = rankAndScale(path, config);
    if (!a || !b) problems.push(`${path}: lora_${a ? 'B' : 'A'} is missing`);
    else if (a.shape.length !== 2 || b.shape.length !== 2) {
      problems.push(`${path}: expected matrices, got [${a.shape}] and [${b.shape}]`);
    } else if (a.shape[0] !== rank || b.shape[1] !== rank) {
      problems.push(`${path}: expected rank ${rank}, got A[${a.shape}] and B[${b.shape}]`);
    } else {
      modules.push({ path, a, b, rank, scale });
    }
  }
  if (modules.length === 0) problems.push('there is no layer with lora_A and lora_B');
  if (problems.length > 0) {
    throw new PeftError('bad-file', 'the tensors are not those of this LoRA', { problems });
  }
  return modules;
}

/** The same values times a factor. */
export function scaled({ shape, data }: TensorData, factor: number): TensorData {
  return factor === 1 ? { shape, data } : { shape, data: data.map((value) => value * factor) };
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
