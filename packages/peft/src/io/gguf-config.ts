/** Model shape from the metadata of a GGUF file. */
import { PeftError } from '../errors.ts';
import { type ModelConfig, modelConfig } from '../model/config.ts';
import type { GgufFile } from './gguf.ts';

const ARCHITECTURES = ['llama', 'qwen2'] as const;

/**
 * Reads `<architecture>.*` and `tokenizer.ggml.*_token_id`; the vocabulary size is the number
 * of embedding rows, the head is tied when there is no `output.weight`.
 * @throws PeftError 'unsupported' naming every setting that the model lacks, 'bad-file' for missing ones
 */
export function ggufModelConfig(file: GgufFile): ModelConfig {
  const { metadata, tensors, path } = file;
  const architecture = ARCHITECTURES.find((name) => name === metadata.get('general.architecture'));
  if (architecture === undefined) {
    throw new PeftError(
      'unsupported',
      `${path}: general.architecture is ${JSON.stringify(metadata.get('general.architecture'))}; expected one of ${ARCHITECTURES.join(', ')}.`,
    );
  }
  const get = (key: string) => metadata.get(`${architecture}.${key}`);
  const heads = get('attention.head_count');
  const config = modelConfig.safeParse({
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
  });
  if (!config.success) {
    throw new PeftError('bad-file', `${path}: the metadata does not describe a model.`, {
      problems: config.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    });
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
    scaling !== 'none' && `rope.scaling.type is ${JSON.stringify(scaling)}; expected none`,
    tensors.has('rope_freqs.weight') && 'rope_freqs.weight (scaled rotary frequencies) is present',
    rotated !== config.head_dim &&
      `rope.dimension_count is ${rotated}; expected the head width ${config.head_dim}`,
    window > 0 &&
      window < config.max_position_embeddings &&
      `attention.sliding_window is ${window}; expected none`,
    Number(get('expert_count') ?? 0) > 0 &&
      `expert_count is ${get('expert_count')}; expected a dense model`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) {
    throw new PeftError('unsupported', `${path} needs what this model lacks.`, { problems });
  }
}
