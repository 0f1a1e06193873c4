/** Which tensors a model of a given shape consists of, and whether a file has them. */
import { PeftError } from '../errors.ts';
import { firstProblems } from '../first-problems.ts';
import type { ModelConfig } from '../model/config.ts';
import type { Translated } from '../translated.ts';

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
  const problems: Translated[] = [];
  for (const [name, shape] of expected) {
    const got = found.get(name);
    const expectedShape = `[${shape.join(', ')}]`;
    if (got === undefined) {
      problems.push({
        en: `${name}: missing, expected ${expectedShape}`,
        zh: `${name}：缺失，应为 ${expectedShape}`,
      });
    } else if (got.length !== shape.length || got.some((size, axis) => size !== shape[axis])) {
      problems.push({
        en: `${name}: expected ${expectedShape}, got [${got.join(', ')}]`,
        zh: `${name}：应为 ${expectedShape}，实际为 [${got.join(', ')}]`,
      });
    }
  }
  for (const name of found.keys()) {
    // Old files keep the rotary frequencies, which follow from the configuration.
    const derived = name === 'lm_head.weight' || name.endsWith('.rotary_emb.inv_freq');
    if (!expected.has(name) && !derived) {
      problems.push({
        en: `${name}: this model has no such tensor`,
        zh: `${name}：这个模型没有这样的张量`,
      });
    }
  }
  if (problems.length === 0) return;
  throw new PeftError(
    'mismatch',
    {
      en: `${source}: the tensors do not fit the configuration.`,
      zh: `${source}：张量与配置不符。`,
    },
    { problems: firstProblems(problems, 20) },
  );
}

/** Before anything is built from these numbers, which may come from a damaged file. */
function expectConsistent(source: string, config: ModelConfig, tensors: number): void {
  const { num_attention_heads: heads, num_key_value_heads: shared, head_dim: headDim } = config;
  const problems = [
    heads % shared !== 0 && {
      en: `num_attention_heads: ${heads} is no multiple of num_key_value_heads ${shared}`,
      zh: `num_attention_heads：${heads} 不是 num_key_value_heads ${shared} 的整数倍`,
    },
    headDim % 2 !== 0 && {
      en: `head_dim: ${headDim} is odd, rotary positions need pairs`,
      zh: `head_dim：${headDim} 是奇数，而旋转位置编码需要成对的值`,
    },
    config.num_hidden_layers > tensors && {
      en: `num_hidden_layers: ${config.num_hidden_layers}, but there are only ${tensors} tensors`,
      zh: `num_hidden_layers：${config.num_hidden_layers}，但只有 ${tensors} 个张量`,
    },
  ].filter((problem) => problem !== false);
  if (problems.length === 0) return;
  throw new PeftError(
    'bad-config',
    { en: `${source} does not describe a model.`, zh: `${source} 描述的不是模型。` },
    { problems },
  );
}
