/**
 * A model without biases as the same function with biases of zero: q, k and v get them, as Qwen2 has
 * them. For methods that train biases (BitFit) where a Llama is the base; W·x + 0 = W·x.
 */
import type { ModelFiles } from '../io/model-files.ts';

/** How the name of such a base ends. */
export const ZERO_BIASES = '-zero-biases';

const BIAS = /\.self_attn\.[qkv]_proj\.bias$/;

/**
 * The files of the same model in Qwen2's form. Its name ends in `-zero-biases`: adapters of biases do
 * not fit the plain model. A model with biases is given back as it is.
 */
export function withZeroBiases(files: ModelFiles): ModelFiles {
  if (files.config.attention_bias) return files;
  const biases = files.names
    .filter((name) => /\.self_attn\.[qkv]_proj\.weight$/.test(name))
    .map((name) => name.replace(/weight$/, 'bias'));
  const rows = (bias: string): number => files.shape(bias.replace(/bias$/, 'weight'))[0] as number;
  return {
    source: files.source,
    name: `${files.name}${ZERO_BIASES}`,
    config: { ...files.config, model_type: 'qwen2', attention_bias: true },
    tokenizer: files.tokenizer,
    names: [...files.names, ...biases],
    shape: (name) => (BIAS.test(name) ? [rows(name)] : files.shape(name)),
    read: (name) => (BIAS.test(name) ? new Float32Array(rows(name)) : files.read(name)),
    tokenizerFiles: () => files.tokenizerFiles(),
    close: () => files.close(),
  };
}
