/** GGUF files of tiny models, for llama.cpp to load. */
import type { ModelFiles } from '@quaestor/peft';
import { encodeGguf, type GgufValue } from '../packages/peft/src/exchange/gguf-file.ts';
import { BYTE_CHARACTERS } from '../packages/peft/src/tokenizer/byte-level.ts';

/**
 * @param vocabulary keys below `tokenizer.ggml.`
 * @param size of that vocabulary; tokens behind the model's own have zeros for embeddings
 */
export function encodeModelGguf(
  files: ModelFiles,
  vocabulary: readonly (readonly [string, GgufValue])[],
  size: number,
): Uint8Array {
  const { config } = files;
  const type = config.model_type;
  const sizes: readonly (readonly [string, number])[] = [
    ['context_length', config.max_position_embeddings],
    ['embedding_length', config.hidden_size],
    ['block_count', config.num_hidden_layers],
    ['feed_forward_length', config.intermediate_size],
    ['attention.head_count', config.num_attention_heads],
    ['attention.head_count_kv', config.num_key_value_heads],
    ['vocab_size', size],
  ];
  const metadata = new Map<string, GgufValue>([
    ['general.architecture', { string: type }],
    ...sizes.map(([key, value]) => [`${type}.${key}`, { uint32: value }] as const),
    [`${type}.attention.layer_norm_rms_epsilon`, { float32: config.rms_norm_eps }],
    [`${type}.rope.freq_base`, { float32: config.rope_theta }],
    ...vocabulary.map(([key, value]) => [`tokenizer.ggml.${key}`, value] as const),
  ]);
  const tensors = new Map(
    files.names.map((name) => {
      const shape = [...files.shape(name)];
      const data = neighbours(name, files);
      if (shape[0] !== config.vocab_size) return [ggufName(name), { shape, data }];
      const padded = new Float32Array(size * config.hidden_size);
      padded.set(data);
      return [ggufName(name), { shape: [size, config.hidden_size], data: padded }];
    }),
  );
  return encodeGguf(metadata, tensors);
}

/** A model of bytes, an end and padding, such as `tinyModelFiles` makes: as a byte-level BPE without merges. */
export function encodeByteModelGguf(files: ModelFiles): Uint8Array {
  const byteOf = new Map(BYTE_CHARACTERS.map((character, byte) => [byte, character]));
  const words = Array.from({ length: 256 }, (_, byte) => byteOf.get(byte) as string);
  const all = [...words, '<end>', '<pad>'];
  const vocabulary: [string, GgufValue][] = [
    ['model', { string: 'gpt2' }],
    ['pre', { string: 'gpt-2' }],
    ['tokens', { strings: all }],
    ['token_type', { int32s: all.map((_, id) => (id < 256 ? 1 : 3)) }],
    ['merges', { strings: [] }],
    ['eos_token_id', { uint32: 256 }],
    ['padding_token_id', { uint32: 257 }],
  ];
  return encodeModelGguf(files, vocabulary, all.length);
}

function ggufName(name: string): string {
  return name
    .replace('model.embed_tokens', 'token_embd')
    .replace('lm_head', 'output')
    .replace('model.norm', 'output_norm')
    .replace('model.layers.', 'blk.')
    .replace('input_layernorm', 'attn_norm')
    .replace('post_attention_layernorm', 'ffn_norm')
    .replace(/self_attn\.([qkv])_proj/, 'attn_$1')
    .replace('self_attn.o_proj', 'attn_output')
    .replace(/mlp\.(gate|up|down)_proj/, 'ffn_$1');
}

/** Rows of q and k as neighbouring pairs, written down anew: [head, half, pair] → [head, pair, half]. */
function neighbours(name: string, files: ModelFiles): Float32Array {
  const values = files.read(name);
  const { config } = files;
  const match = /self_attn\.([qk])_proj\.weight/.exec(name);
  if (match === null || config.model_type !== 'llama') return values;
  const heads = match[1] === 'q' ? config.num_attention_heads : config.num_key_value_heads;
  const columns = config.hidden_size;
  const half = config.head_dim / 2;
  const out = new Float32Array(values.length);
  for (let head = 0; head < heads; head++) {
    for (let s = 0; s < 2; s++) {
      for (let pair = 0; pair < half; pair++) {
        const from = ((head * 2 + s) * half + pair) * columns;
        const to = ((head * half + pair) * 2 + s) * columns;
        out.set(values.subarray(from, from + columns), to);
      }
    }
  }
  return out;
}
