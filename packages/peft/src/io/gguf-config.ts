/** Model shape from the metadata of a GGUF file. */
import { PeftError } from '../errors.ts';
import { type ModelConfig, modelConfig } from '../model/config.ts';
import { schemaProblems } from '../schema-problems.ts';
import type { GgufFile } from './gguf.ts';

const ARCHITECTURES = ['llama', 'qwen2'] as const;

/**
 * Reads `<architecture>.*` and `tokenizer.ggml.*_token_id`; the vocabulary size is the number
 * of embedding rows, the head is tied when there is no `output.weight`.
 * @throws PeftError 'unsupported' naming every setting that the model lacks, 'bad-file' for missing ones
 */
export function ggufModelConfig(file: GgufFile): ModelConfig {
  const { metadata, tensors, path } = file;
  const stated = metadata.get('general.architecture');
  const architecture = ARCHITECTURES.find((name) => name === stated);
  if (architecture === undefined) {
    throw new PeftError('unsupported', {
      en: `${path}: general.architecture is ${JSON.stringify(stated)}; expected one of ${ARCHITECTURES.join(', ')}.`,
      zh: `${path}：general.architecture 是 ${JSON.stringify(stated)}，应为以下之一：${ARCHITECTURES.join('、')}。`,
    });
  }
  const get = (key: string) => metadata.get(`${architecture}.${key}`);
  const heads = get('attention.head_count');
  const fields = {
    model_type: architecture,
    hidden_size: get('embedding_length'),
    intermediate_size: get('feed_forward_length'),
    num_hidden_layers: get('block_count'),
    num_attention_heads: heads,
    num_key_value_heads: get('attention.head_count_kv') ?? heads,
    head_dim: get('attention.key_length') ?? Number(get('embedding_length')) / Number(heads),
    vocab_size: tensors.get('token_embd.weight')?.shape[0],
    max_position_embeddings: get('context_length'),
    rms_norm_eps: get('attention.layer_norm_rms_epsilon'),
    rope_theta: get('rope.freq_base'),
    attention_bias: tensors.has('blk.0.attn_q.bias'),
    tie_word_embeddings: !tensors.has('output.weight'),
    bos_token_id: metadata.get('tokenizer.ggml.bos_token_id') ?? null,
    eos_token_id: ['eos', 'eot']
      .map((kind) => metadata.get(`tokenizer.ggml.${kind}_token_id`))
      .filter((id, index, all) => id !== undefined && all.indexOf(id) === index),
    pad_token_id: metadata.get('tokenizer.ggml.padding_token_id') ?? null,
  };
  const config = modelConfig.safeParse(fields);
  if (!config.success) {
    throw new PeftError(
      'bad-file',
      {
        en: `${path}: the metadata does not describe a model.`,
        zh: `${path}：元数据描述的不是模型。`,
      },
      { problems: schemaProblems(modelConfig, fields, config.error) },
    );
  }
  refuseUnsupported(file, config.data, get);
  return config.data;
}

function refuseUnsupported(
  { path, tensors }: GgufFile,
  config: ModelConfig,
  get: (key: string) => unknown,
): void {
  const scaling = get('rope.scaling.type') ?? 'none';
  const rotated = get('rope.dimension_count') ?? config.head_dim;
  const window = Number(get('attention.sliding_window') ?? 0);
  const problems = [
    scaling !== 'none' && {
      en: `rope.scaling.type is ${JSON.stringify(scaling)}; expected none`,
      zh: `rope.scaling.type 是 ${JSON.stringify(scaling)}，应为 none`,
    },
    tensors.has('rope_freqs.weight') && {
      en: 'rope_freqs.weight (scaled rotary frequencies) is present',
      zh: '含有 rope_freqs.weight（缩放过的旋转频率）',
    },
    rotated !== config.head_dim && {
      en: `rope.dimension_count is ${rotated}; expected the head width ${config.head_dim}`,
      zh: `rope.dimension_count 是 ${rotated}，应为注意力头的宽度 ${config.head_dim}`,
    },
    window > 0 &&
      window < config.max_position_embeddings && {
        en: `attention.sliding_window is ${window}; expected none`,
        zh: `attention.sliding_window 是 ${window}，不应有滑动窗口`,
      },
    Number(get('expert_count') ?? 0) > 0 && {
      en: `expert_count is ${get('expert_count')}; expected a dense model`,
      zh: `expert_count 是 ${get('expert_count')}，应为稠密模型`,
    },
  ].filter((problem) => problem !== false);
  if (problems.length > 0) {
    throw new PeftError(
      'unsupported',
      { en: `${path} needs what this model lacks.`, zh: `${path} 需要这里的模型没有的功能。` },
      { problems },
    );
  }
}
