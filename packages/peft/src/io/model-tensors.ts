/** Which tensors a model of a given shape consists of, and whether a file has them. */
import { PeftError } from '../errors.ts';
import type { ModelConfig } from '../model/config.ts';

/** Name → shape of every tensor of the model; weights are [out, in]. A tied head has no tensor. */
export function expectedTensors(config: ModelConfig): Map<string, readonly number[]> {
  const { hidden_size: width, intermediate_size: inner, vocab_size: vocabulary } = config;
  const queries = config.num_attention_heads * config.head_dim;
  const keys = config.num_key_value_heads * config.head_dim;
  const tensors = new Map<string, readonly number[]>();
  tensors.set('model.embed_tokens.weight', [vocabulary, width]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}`;
    tensors.set(`${prefix}.input_layernorm.weight`, [width]);
    for (const [name, rows] of [
      ['q', queries],
      ['k', keys],
      ['v', keys],
    ] as const) {
      tensors.set(`${prefix}.self_attn.${name}_proj.weight`, [rows, width]);
      if (config.attention_bias) tensors.set(`${prefix}.self_attn.${name}_proj.bias`, [rows]);
    }
    tensors.set(`${prefix}.self_attn.o_proj.weight`, [width, queries]);
    tensors.set(`${prefix}.post_attention_layernorm.weight`, [width]);
    tensors.set(`${prefix}.mlp.gate_proj.weight`, [inner, width]);
    tensors.set(`${prefix}.mlp.up_proj.weight`, [inner, width]);
    tensors.set(`${prefix}.mlp.down_proj.weight`, [width, inner]);
  }
  tensors.set('model.norm.weight', [width]);
  if (!config.tie_word_embeddings) tensors.set('lm_head.weight', [vocabulary, width]);
  return tensors;
}

/**
 * Compares a file's tensors with the model's.
 * @throws PeftError 'mismatch' naming every missing, wrongly shaped and foreign tensor (20 shown),
 *   'bad-config' for numbers that no file could fit
 */
export function checkTensors(
  source: string,
  config: ModelConfig,
  found: ReadonlyMap<string, readonly number[]>,
): void {
  expectConsistent(source, config, found.size);
  const expected = expectedTensors(config);
  const problems: string[] = [];
  for (const [name, shape] of expected) {
    const got = found.get(name);
    if (got === undefined) problems.push(`${name}: missing, expected [${shape.join(', ')}]`);
    else if (got.length !== shape.length || got.some((size, axis) => size !== shape[axis])) {
      problems.push(`${name}: expected [${shape.join(', ')}], got [${got.join(', ')}]`);
    }
  }
  for (const name of found.keys()) {
    // Old files keep the rotary frequencies, which follow from the configuration.
    const derived = name === 'lm_head.weight' || name.endsWith('.rotary_emb.inv_freq');
    if (!expected.has(name) && !derived) problems.push(`${name}: this model has no such tensor`);
  }
  if (problems.length === 0) return;
  const shown = problems.slice(0, 20);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  throw new PeftError('mismatch', `${source}: the tensors do not fit the configuration.`, {
    problems: shown,
  });
}

/** Before anything is built from these numbers, which may come from a damaged file. */
function expectConsistent(source: string, config: ModelConfig, tensors: number): void {
  const { num_attention_heads: heads, num_key_value_heads: shared, head_dim: headDim } = config;
  const problems = [
    heads % shared !== 0 &&
      `num_attention_heads: ${heads} is no multiple of num_key_value_heads ${shared}`,
    headDim % 2 !== 0 && `head_dim: ${headDim} is odd, rotary positions need pairs`,
    config.num_hidden_layers > tensors &&
      `num_hidden_layers: ${config.num_hidden_layers}, but there are only ${tensors} tensors`,
  ].filter((problem) => problem !== false);
  if (problems.length === 0) return;
  throw new PeftError('bad-config', `${source} does not describe a model.`, { problems });
}
