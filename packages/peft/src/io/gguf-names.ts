/** GGUF tensor names → Hugging Face's, for Llama-family decoders. */

const TOP: Readonly<Record<string, string>> = {
  'token_embd.weight': 'model.embed_tokens.weight',
  'output_norm.weight': 'model.norm.weight',
  'output.weight': 'lm_head.weight',
};

const IN_BLOCK: Readonly<Record<string, string>> = {
  attn_norm: 'input_layernorm',
  attn_q: 'self_attn.q_proj',
  attn_k: 'self_attn.k_proj',
  attn_v: 'self_attn.v_proj',
  attn_output: 'self_attn.o_proj',
  ffn_norm: 'post_attention_layernorm',
  ffn_gate: 'mlp.gate_proj',
  ffn_up: 'mlp.up_proj',
  ffn_down: 'mlp.down_proj',
};

/**
 * The Hugging Face name of a GGUF tensor, or undefined for one that this family does not have.
 *
 *     huggingFaceName('blk.3.attn_q.weight') // 'model.layers.3.self_attn.q_proj.weight'
 */
export function huggingFaceName(name: string): string | undefined {
  if (Object.hasOwn(TOP, name)) return TOP[name];
  const match = /^blk\.(\d+)\.(\w+)\.(weight|bias)$/.exec(name);
  if (match === null) return undefined;
  const [, block, part = '', kind] = match;
  if (!Object.hasOwn(IN_BLOCK, part)) return undefined;
  return `model.layers.${block}.${IN_BLOCK[part]}.${kind}`;
}

/**
 * Rows of a q or k projection from GGUF's order to Hugging Face's. Files of the `llama`
 * architecture rotate neighbouring rows (2i, 2i+1) of a head; rotate-half pairs (i, i + hd/2).
 *
 * @param values row-major [heads·hd, columns]
 * @returns the same values with row (head, half s, pair p) taken from row (head, 2p + s)
 */
export function toRotateHalf(values: Float32Array, heads: number, columns: number): Float32Array {
  const out = new Float32Array(values.length);
  const headDim = values.length / columns / heads;
  const half = headDim / 2;
  for (let head = 0; head < heads; head++) {
    for (let row = 0; row < headDim; row++) {
      const source = head * headDim + (row < half ? 2 * row : 2 * (row - half) + 1);
      const target = head * headDim + row;
      out.set(values.subarray(source * columns, (source + 1) * columns), target * columns);
    }
  }
  return out;
}
