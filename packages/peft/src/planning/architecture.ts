/**
 * The shape of a transformer, as far as the memory of its training follows from it: sizes, and the
 * list of its modules under their Hugging Face names.
 */

/** Sizes of a decoder (Llama family, BLOOM) or of an encoder-decoder (T5 1.1, mT5). */
export interface Architecture {
  readonly name: string;
  readonly family: 'llama' | 'bloom' | 't5';
  /** `model_type` in config.json, by which methods choose their default targets. */
  readonly modelType: string;
  /** Width D of the residual stream. */
  readonly hidden: number;
  /** Width F of the feed-forward layer. */
  readonly intermediate: number;
  /** Encoder blocks; 0 for a decoder. */
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDim: number;
  /** Rows V of the embedding. */
  readonly vocabulary: number;
  /** The head is the embedding. */
  readonly tiedHead: boolean;
  /** Bias on q, k and v (Qwen2). */
  readonly attentionBias: boolean;
}

/** A module that has parameters. */
export interface ModuleShape {
  /** `model.layers.0.self_attn.q_proj` */
  readonly path: string;
  readonly kind: 'linear' | 'norm' | 'embedding' | 'head';
  /** Position of its block, encoder blocks first; null outside the blocks. */
  readonly block: number | null;
  /** [out, in] of a linear layer, [rows, width] of an embedding, [width] of a norm. */
  readonly weight: readonly number[];
  /** Entries of the bias, 0 without one. */
  readonly bias: number;
}

/** Entries of a module's parameters, bias included. */
export function moduleSize({ weight, bias }: ModuleShape): number {
  return weight.reduce((product, length) => product * length, 1) + bias;
}

/** Parameters of the whole model. */
export function parameterCount(architecture: Architecture): number {
  return moduleShapes(architecture).reduce((sum, module) => sum + moduleSize(module), 0);
}

/** Every module from the entrance to the head; a tied head is the embedding and has no entry. */
export function moduleShapes(architecture: Architecture): readonly ModuleShape[] {
  return FAMILIES[architecture.family](architecture);
}

/** Number of blocks, those of an encoder included. */
export function blockCount({ encoderLayers, decoderLayers }: Architecture): number {
  return encoderLayers + decoderLayers;
}

const FAMILIES: Readonly<Record<Architecture['family'], (a: Architecture) => ModuleShape[]>> = {
  llama: llamaModules,
  bloom: bloomModules,
  t5: t5Modules,
};

const linear = (path: string, block: number, out: number, input: number, biased = false) =>
  ({ path, kind: 'linear', block, weight: [out, input], bias: biased ? out : 0 }) as const;
const norm = (path: string, block: number | null, width: number, biased = false) =>
  ({ path, kind: 'norm', block, weight: [width], bias: biased ? width : 0 }) as const;
const table = (path: string, kind: 'embedding' | 'head', rows: number, width: number) =>
  ({ path, kind, block: null, weight: [rows, width], bias: 0 }) as const;

function llamaModules(a: Architecture): ModuleShape[] {
  const queries = a.heads * a.headDim;
  const keys = a.keyValueHeads * a.headDim;
  const blocks = Array.from({ length: a.decoderLayers }, (_, block) => {
    const path = `model.layers.${block}`;
    return [
      norm(`${path}.input_layernorm`, block, a.hidden),
      linear(`${path}.self_attn.q_proj`, block, queries, a.hidden, a.attentionBias),
      linear(`${path}.self_attn.k_proj`, block, keys, a.hidden, a.attentionBias),
      linear(`${path}.self_attn.v_proj`, block, keys, a.hidden, a.attentionBias),
      linear(`${path}.self_attn.o_proj`, block, a.hidden, queries),
      norm(`${path}.post_attention_layernorm`, block, a.hidden),
      linear(`${path}.mlp.gate_proj`, block, a.intermediate, a.hidden),
      linear(`${path}.mlp.up_proj`, block, a.intermediate, a.hidden),
      linear(`${path}.mlp.down_proj`, block, a.hidden, a.intermediate),
    ];
  });
  return [
    table('model.embed_tokens', 'embedding', a.vocabulary, a.hidden),
    ...blocks.flat(),
    norm('model.norm', null, a.hidden),
    ...(a.tiedHead ? [] : [table('lm_head', 'head', a.vocabulary, a.hidden)]),
  ];
}

function bloomModules(a: Architecture): ModuleShape[] {
  const blocks = Array.from({ length: a.decoderLayers }, (_, block) => {
    const path = `transformer.h.${block}`;
    return [
      norm(`${path}.input_layernorm`, block, a.hidden, true),
      linear(`${path}.self_attention.query_key_value`, block, 3 * a.hidden, a.hidden, true),
      linear(`${path}.self_attention.dense`, block, a.hidden, a.hidden, true),
      norm(`${path}.post_attention_layernorm`, block, a.hidden, true),
      linear(`${path}.mlp.dense_h_to_4h`, block, a.intermediate, a.hidden, true),
      linear(`${path}.mlp.dense_4h_to_h`, block, a.hidden, a.intermediate, true),
    ];
  });
  return [
    table('transformer.word_embeddings', 'embedding', a.vocabulary, a.hidden),
    norm('transformer.word_embeddings_layernorm', null, a.hidden, true),
    ...blocks.flat(),
    norm('transformer.ln_f', null, a.hidden, true),
    ...(a.tiedHead ? [] : [table('lm_head', 'head', a.vocabulary, a.hidden)]),
  ];
}

/** Distances that T5's attention tells apart. */
const BUCKETS = 32;

function t5Modules(a: Architecture): ModuleShape[] {
  const inner = a.heads * a.headDim;
  const attention = (path: string, block: number) => [
    linear(`${path}.q`, block, inner, a.hidden),
    linear(`${path}.k`, block, inner, a.hidden),
    linear(`${path}.v`, block, inner, a.hidden),
    linear(`${path}.o`, block, a.hidden, inner),
  ];
  const stack = (name: 'encoder' | 'decoder', layers: number, first: number) =>
    Array.from({ length: layers }, (_, layer): ModuleShape[] => {
      const block = first + layer;
      const path = `${name}.block.${layer}`;
      const cross = name === 'decoder' ? 1 : 0;
      const feedForward = `${path}.layer.${1 + cross}`;
      const crossAttention = [
        ...attention(`${path}.layer.1.EncDecAttention`, block),
        norm(`${path}.layer.1.layer_norm`, block, a.hidden),
      ];
      const distances = table(
        `${path}.layer.0.SelfAttention.relative_attention_bias`,
        'embedding',
        BUCKETS,
        a.heads,
      );
      return [
        ...attention(`${path}.layer.0.SelfAttention`, block),
        ...(layer === 0 ? [distances] : []),
        norm(`${path}.layer.0.layer_norm`, block, a.hidden),
        ...(cross ? crossAttention : []),
        linear(`${feedForward}.DenseReluDense.wi_0`, block, a.intermediate, a.hidden),
        linear(`${feedForward}.DenseReluDense.wi_1`, block, a.intermediate, a.hidden),
        linear(`${feedForward}.DenseReluDense.wo`, block, a.hidden, a.intermediate),
        norm(`${feedForward}.layer_norm`, block, a.hidden),
      ];
    }).flat();
  return [
    table('shared', 'embedding', a.vocabulary, a.hidden),
    ...stack('encoder', a.encoderLayers, 0),
    norm('encoder.final_layer_norm', null, a.hidden),
    ...stack('decoder', a.decoderLayers, a.encoderLayers),
    norm('decoder.final_layer_norm', null, a.hidden),
    ...(a.tiedHead ? [] : [table('lm_head', 'head', a.vocabulary, a.hidden)]),
  ];
}
