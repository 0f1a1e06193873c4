/** The architecture of a model on this machine or of a known one. */
import { join } from 'node:path';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { openGguf } from '../io/gguf.ts';
import { ggufModelConfig } from '../io/gguf-config.ts';
import { huggingFaceConfig } from '../io/huggingface-config.ts';
import { readJson } from '../io/json-file.ts';
import { findModel, modelName } from '../io/open-model.ts';
import type { ModelConfig } from '../model/config.ts';
import { schemaProblems } from '../schema-problems.ts';
import type { Architecture } from './architecture.ts';
import { ARCHITECTURE_NAMES, knownArchitecture } from './known-architectures.ts';

/**
 * @param pathOrName a short name (`llama2-7b`), a repository of the Hugging Face hub, a .gguf file, a
 *   folder with config.json, or config.json itself; weights are not needed
 * @throws PeftError 'not-found' naming the known ones, 'bad-config' | 'bad-file' | 'unsupported'
 */
export async function readArchitecture(pathOrName: string): Promise<Architecture> {
  const known = knownArchitecture(pathOrName);
  if (known !== undefined) return known;
  const path = findModel(pathOrName);
  if (path === null) {
    throw new PeftError('not-found', {
      en: `There is no model ${pathOrName}: neither a path, nor a name on this machine, nor one of ${ARCHITECTURE_NAMES.join(', ')}.`,
      zh: `没有模型 ${pathOrName}：它不是路径，不是这台机器上的名称，也不在以下之列：${ARCHITECTURE_NAMES.join('、')}。`,
    });
  }
  if (path.endsWith('.gguf')) {
    const file = await openGguf(path);
    try {
      return fromModelConfig(modelName(path), ggufModelConfig(file));
    } finally {
      file.close();
    }
  }
  const config = path.endsWith('.json') ? path : join(path, 'config.json');
  return fromJson(modelName(path), readJson(config), config);
}

const count = z.int().positive();
const bloomFields = z.object({
  model_type: z.literal('bloom'),
  hidden_size: count.optional(),
  n_embed: count.optional(),
  n_layer: count,
  n_head: count,
  vocab_size: count,
});
const t5Fields = z.object({
  model_type: z.enum(['t5', 'mt5']),
  d_model: count,
  d_ff: count,
  d_kv: count,
  num_layers: count,
  num_decoder_layers: count.nullish(),
  num_heads: count,
  vocab_size: count,
  feed_forward_proj: z.literal('gated-gelu', 'expected gated-gelu: T5 1.1, T0, Flan-T5 or mT5'),
  tie_word_embeddings: z.boolean().default(true),
});
const typed = z.looseObject({ model_type: z.string() });

function fromJson(name: string, json: unknown, source: string): Architecture {
  const type = typed.safeParse(json).data?.model_type;
  if (type === 'bloom') return fromBloom(name, check(bloomFields, json, source));
  if (type === 't5' || type === 'mt5') return fromT5(name, check(t5Fields, json, source));
  return fromModelConfig(name, huggingFaceConfig(json, source));
}

function fromModelConfig(name: string, config: ModelConfig): Architecture {
  return {
    name,
    family: 'llama',
    modelType: config.model_type,
    hidden: config.hidden_size,
    intermediate: config.intermediate_size,
    encoderLayers: 0,
    decoderLayers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    keyValueHeads: config.num_key_value_heads,
    headDim: config.head_dim,
    vocabulary: config.vocab_size,
    tiedHead: config.tie_word_embeddings,
    attentionBias: config.attention_bias,
  };
}

function fromBloom(name: string, config: z.infer<typeof bloomFields>): Architecture {
  const hidden = config.hidden_size ?? config.n_embed;
  if (hidden === undefined) {
    throw new PeftError('bad-config', {
      en: `${name}: its configuration has no hidden_size.`,
      zh: `${name}：配置中没有 hidden_size。`,
    });
  }
  return {
    name,
    family: 'bloom',
    modelType: 'bloom',
    hidden,
    intermediate: 4 * hidden,
    encoderLayers: 0,
    decoderLayers: config.n_layer,
    heads: config.n_head,
    keyValueHeads: config.n_head,
    headDim: hidden / config.n_head,
    vocabulary: config.vocab_size,
    tiedHead: true,
    attentionBias: true,
  };
}

function fromT5(name: string, config: z.infer<typeof t5Fields>): Architecture {
  return {
    name,
    family: 't5',
    modelType: 't5',
    hidden: config.d_model,
    intermediate: config.d_ff,
    encoderLayers: config.num_layers,
    decoderLayers: config.num_decoder_layers ?? config.num_layers,
    heads: config.num_heads,
    keyValueHeads: config.num_heads,
    headDim: config.d_kv,
    vocabulary: config.vocab_size,
    tiedHead: config.tie_word_embeddings,
    attentionBias: false,
  };
}

function check<Fields>(fields: z.ZodType<Fields>, json: unknown, source: string): Fields {
  const parsed = fields.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PeftError(
    'bad-config',
    { en: `${source} does not describe a model.`, zh: `${source} 描述的不是模型。` },
    { problems: schemaProblems(fields, json, parsed.error) },
  );
}
