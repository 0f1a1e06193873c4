/**
 * Tiny real parts for tests, here and in code that uses this package: a two-layer Llama with random
 * weights, its files, and comparisons that say where they failed.
 */
import { readFileSync } from 'node:fs';
import type { ModelFiles } from '../io/model-files.ts';
import { decodeSafetensors, type TensorData } from '../io/safetensors.ts';
import { modelConfig } from '../model/config.ts';
import {
  hiddenRows,
  type LanguageModel,
  loadLanguageModel,
  logits,
} from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, type Precision } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { byteTokenizer } from '../tokenizer/byte.ts';

/**
 * The files of a model with 2 layers, width 16, 4 heads over 2 key/value heads and the byte tokenizer.
 * @param biases whether q, k and v have biases, as in Qwen2
 */
export function tinyModelFiles(seed = 1, biases = false): ModelFiles {
  const tokenizer = byteTokenizer();
  const config = modelConfig.parse({
    hidden_size: 16,
    intermediate_size: 24,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 4,
    vocab_size: tokenizer.vocabularySize,
    max_position_embeddings: 512,
    attention_bias: biases,
    tie_word_embeddings: true,
    eos_token_id: [...tokenizer.endIds],
  });
  const shapes = new Map<string, readonly number[]>([
    ['model.embed_tokens.weight', [config.vocab_size, 16]],
    ['model.norm.weight', [16]],
  ]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const path = `model.layers.${layer}`;
    shapes.set(`${path}.input_layernorm.weight`, [16]);
    shapes.set(`${path}.post_attention_layernorm.weight`, [16]);
    shapes.set(`${path}.self_attn.q_proj.weight`, [16, 16]);
    shapes.set(`${path}.self_attn.k_proj.weight`, [8, 16]);
    shapes.set(`${path}.self_attn.v_proj.weight`, [8, 16]);
    shapes.set(`${path}.self_attn.o_proj.weight`, [16, 16]);
    shapes.set(`${path}.mlp.gate_proj.weight`, [24, 16]);
    shapes.set(`${path}.mlp.up_proj.weight`, [24, 16]);
    shapes.set(`${path}.mlp.down_proj.weight`, [16, 24]);
  }
  for (let layer = 0; biases && layer < config.num_hidden_layers; layer++) {
    const path = `model.layers.${layer}.self_attn`;
    for (const [name, size] of Object.entries({ q_proj: 16, k_proj: 8, v_proj: 8 })) {
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
    close: () => {},
  };
}

/** The tiny model in the engine. The caller disposes it. */
export function tinyModel(
  options: { seed?: number; precision?: Precision; biases?: boolean } = {},
): LanguageModel {
  return loadLanguageModel(tinyModelFiles(options.seed, options.biases), {
    precision: options.precision ?? 'float32',
  });
}

/** Logits of every row of packed sequences, one after the other. @param tags task of each sequence */
export function sequenceLogits(
  model: LanguageModel,
  sequences: readonly (readonly number[])[],
  tags?: readonly number[],
): Float32Array {
  return engine().tf.tidy(() =>
    Float32Array.from(logits(model, hiddenRows(model, packSequences(sequences, tags))).dataSync()),
  );
}

/** All tensors of a safetensors file. */
export function readTensors(path: string): Map<string, TensorData> {
  return decodeSafetensors(readFileSync(path), path);
}

/** Largest absolute difference of two equally long lists. @throws Error when their lengths differ */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new Error(`expected ${expected.length} numbers, got ${actual.length}`);
  }
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

export { useFusedKernels } from '../tensors/engine.ts';
export { writeTinyModel } from './tiny-model-folder.ts';
