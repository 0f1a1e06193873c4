/** A two-layer Llama with random weights and a byte tokenizer, as the files of a model. */
import type { ModelFiles } from '../io/model-files.ts';
import { modelConfig } from '../model/config.ts';
import { seededRandom } from '../tensors/random.ts';
import { byteTokenizer } from '../tokenizer/byte.ts';

/**
 * The files of a model with 2 layers, 4 heads over 2 key/value heads and the byte tokenizer.
 * @param biases whether q, k and v have biases, as in Qwen2
 * @param width of the residual stream, a multiple of 8
 */
export function tinyModelFiles(seed = 1, biases = false, width = 16): ModelFiles {
  const tokenizer = byteTokenizer();
  const [keys, inner] = [width / 2, (3 * width) / 2];
  const config = modelConfig.parse({
    hidden_size: width,
    intermediate_size: inner,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: width / 4,
    vocab_size: tokenizer.vocabularySize,
    max_position_embeddings: 512,
    attention_bias: biases,
    tie_word_embeddings: true,
    eos_token_id: [...tokenizer.endIds],
  });
  const shapes = new Map<string, readonly number[]>([
    ['model.embed_tokens.weight', [config.vocab_size, width]],
    ['model.norm.weight', [width]],
  ]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const path = `model.layers.${layer}`;
    shapes.set(`${path}.input_layernorm.weight`, [width]);
    shapes.set(`${path}.post_attention_layernorm.weight`, [width]);
    shapes.set(`${path}.self_attn.q_proj.weight`, [width, width]);
    shapes.set(`${path}.self_attn.k_proj.weight`, [keys, width]);
    shapes.set(`${path}.self_attn.v_proj.weight`, [keys, width]);
    shapes.set(`${path}.self_attn.o_proj.weight`, [width, width]);
    shapes.set(`${path}.mlp.gate_proj.weight`, [inner, width]);
    shapes.set(`${path}.mlp.up_proj.weight`, [inner, width]);
    shapes.set(`${path}.mlp.down_proj.weight`, [width, inner]);
  }
  for (let layer = 0; biases && layer < config.num_hidden_layers; layer++) {
    const path = `model.layers.${layer}.self_attn`;
    for (const [name, size] of Object.entries({ q_proj: width, k_proj: keys, v_proj: keys })) {
      shapes.set(`${path}.${name}.bias`, [size]);
    }
  }
  const random = seededRandom(seed);
  const values = new Map(
    [...shapes].map(([name, shape]) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const isNorm = name.endsWith('norm.weight');
      const draw = isNorm ? () => 1 : () => 0.3 * random.normal();
      return [name, Float32Array.from({ length: size }, draw)] as const;
    }),
  );
  return {
    source: 'memory',
    name: 'tiny',
    config,
    tokenizer,
    names: [...shapes.keys()],
    shape: (name) => shapes.get(name) ?? [],
    read: (name) => Float32Array.from(values.get(name) ?? []),
    tokenizerFiles: () => new Map(),
    close: () => {},
  };
}
