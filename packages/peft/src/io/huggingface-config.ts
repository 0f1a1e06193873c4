/** Model shape from Hugging Face's config.json (transformers 4 and 5). */
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { type ModelConfig, modelConfig } from '../model/config.ts';
import { schemaProblems } from '../schema-problems.ts';
import type { Translated } from '../translated.ts';

const ids = z.union([z.int().transform((id) => [id]), z.array(z.int())]);
const rope = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: z.number().optional(),
});

/** What is read of config.json; `nullish` because exporters write null for "not set". */
const rawConfig = z.looseObject({
  model_type: z.string(),
  hidden_size: z.int().positive(),
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().nullish(),
  head_dim: z.int().nullish(),
  hidden_act: z.string().nullish(),
  rms_norm_eps: z.number().nullish(),
  rope_theta: z.number().nullish(),
  rope_scaling: rope.nullish(),
  rope_parameters: rope.nullish(),
  attention_bias: z.boolean().nullish(),
  mlp_bias: z.boolean().nullish(),
  sliding_window: z.int().nullish(),
  use_sliding_window: z.boolean().nullish(),
  quantization_config: z.unknown().optional(),
  eos_token_id: ids.nullish(),
});

/** What transformers takes where a configuration of the family does not say. */
const EPSILON = 1e-6;

type RawConfig = z.infer<typeof rawConfig>;

/**
 * Checks and completes a parsed config.json.
 * @throws PeftError 'bad-config' for missing or wrong fields, 'unsupported' naming every field
 *   that asks for what the model lacks
 */
export function huggingFaceConfig(json: unknown, source: string): ModelConfig {
  expectFamily(json, source);
  const raw = rawConfig.safeParse(json);
  if (!raw.success) return refuse(source, rawConfig, json, raw.error);
  const problems = unsupported(raw.data);
  if (problems.length > 0) {
    throw new PeftError(
      'unsupported',
      { en: `${source} needs what this model lacks.`, zh: `${source} 需要这里的模型没有的功能。` },
      { problems },
    );
  }
  const { data } = raw;
  const set = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
  const fields = {
    ...set,
    num_key_value_heads: data.num_key_value_heads ?? data.num_attention_heads,
    head_dim: data.head_dim ?? data.hidden_size / data.num_attention_heads,
    rms_norm_eps: data.rms_norm_eps ?? EPSILON,
    rope_theta: data.rope_parameters?.rope_theta ?? data.rope_theta ?? undefined,
    attention_bias: data.attention_bias ?? data.model_type === 'qwen2',
    eos_token_id: data.eos_token_id ?? [],
  };
  const config = modelConfig.safeParse(fields);
  return config.success ? config.data : refuse(source, modelConfig, fields, config.error);
}

/** Another architecture has other fields: say so before they are found missing. */
function expectFamily(json: unknown, source: string): void {
  const families: readonly string[] = modelConfig.shape.model_type.unwrap().options;
  const type = z.looseObject({ model_type: z.string() }).safeParse(json).data?.model_type;
  if (type === undefined || families.includes(type)) return;
  throw new PeftError('unsupported', {
    en: `${source}: model_type is ${JSON.stringify(type)}, expected one of ${families.join(', ')}.`,
    zh: `${source}：model_type 是 ${JSON.stringify(type)}，应为以下之一：${families.join('、')}。`,
  });
}

function unsupported(config: RawConfig): Translated[] {
  const scaling = config.rope_parameters ?? config.rope_scaling;
  const ropeType = scaling?.rope_type ?? scaling?.type ?? 'default';
  // Qwen2 states a window that only counts with use_sliding_window; Mistral has no such switch.
  const usesWindow = config.use_sliding_window ?? config.model_type === 'mistral';
  return [
    ropeType !== 'default' && {
      en: `rope_scaling: got type ${JSON.stringify(ropeType)}, expected none or "default"`,
      zh: `rope_scaling：类型是 ${JSON.stringify(ropeType)}，应没有或为 "default"`,
    },
    usesWindow &&
      typeof config.sliding_window === 'number' && {
        en: `sliding_window: got ${config.sliding_window}, expected null`,
        zh: `sliding_window：应为 null，实际为 ${config.sliding_window}`,
      },
    (config.hidden_act ?? 'silu') !== 'silu' && {
      en: `hidden_act: got ${JSON.stringify(config.hidden_act)}, expected "silu"`,
      zh: `hidden_act：应为 "silu"，实际为 ${JSON.stringify(config.hidden_act)}`,
    },
    config.mlp_bias === true && {
      en: 'mlp_bias: got true, expected false',
      zh: 'mlp_bias：应为 false，实际为 true',
    },
    config.quantization_config != null && {
      en: 'quantization_config: quantised safetensors cannot be read; use a GGUF file or full weights',
      zh: 'quantization_config：无法读取量化的 safetensors，请使用 GGUF 文件或未量化的权重',
    },
  ].filter((problem) => problem !== false);
}

function refuse(source: string, schema: z.ZodType, value: unknown, error: z.ZodError): never {
  throw new PeftError(
    'bad-config',
    { en: `${source} does not describe a model.`, zh: `${source} 描述的不是模型。` },
    { problems: schemaProblems(schema, value, error) },
  );
}
