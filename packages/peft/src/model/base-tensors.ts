/**
 * Every stored tensor of the base model under the Hugging Face names of the parameters in it, so that
 * a method can train some of them. q, k and v lie in one tensor, as do gate and up.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { LanguageModel } from './language-model.ts';
import type { ProjectionGroup } from './projection.ts';

/** A named parameter: rows start…start+size−1 of a stored tensor. */
export interface BaseParameter {
  /** `model.layers.0.self_attn.q_proj.weight` */
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

export interface BaseTensor {
  readonly kind: 'embedding' | 'weight' | 'bias' | 'norm' | 'head';
  /** null outside the blocks. */
  readonly layer: number | null;
  readonly parts: readonly BaseParameter[];
  /** The tensor in use. Assigning puts another in its place and disposes nothing. */
  tensor: Tensor;
}

/** All tensors from the entrance to the head; a tied head is the embedding and has no entry. */
export function baseTensors(model: LanguageModel): readonly BaseTensor[] {
  const tied = model.head === model.embedding;
  const rows = model.embedding.shape[0] as number;
  const width = model.config.hidden_size;
  const norm = (layer: number | null, name: string, slot: Slot): BaseTensor =>
    baseTensor('norm', layer, [{ name, start: 0, size: width }], slot);
  const blocks = model.blocks.flatMap((block, layer) => {
    const path = `model.layers.${layer}`;
    return [
      norm(layer, `${path}.input_layernorm.weight`, {
        get: () => block.inputNorm,
        set: (tensor) => {
          block.inputNorm = tensor;
        },
      }),
      ...groupTensors(block.qkv, layer),
      ...groupTensors(block.output, layer),
      norm(layer, `${path}.post_attention_layernorm.weight`, {
        get: () => block.postAttentionNorm,
        set: (tensor) => {
          block.postAttentionNorm = tensor;
        },
      }),
      ...groupTensors(block.gateUp, layer),
      ...groupTensors(block.down, layer),
    ];
  });
  const embedding = baseTensor(
    'embedding',
    null,
    [{ name: 'model.embed_tokens.weight', start: 0, size: rows }],
    {
      get: () => model.embedding,
      set: (tensor) => {
        model.embedding = tensor;
        if (tied) model.head = tensor;
      },
    },
  );
  const finalNorm = norm(null, 'model.norm.weight', {
    get: () => model.finalNorm,
    set: (tensor) => {
      model.finalNorm = tensor;
    },
  });
  const head = baseTensor('head', null, [{ name: 'lm_head.weight', start: 0, size: rows }], {
    get: () => model.head,
    set: (tensor) => {
      model.head = tensor;
    },
  });
  return [embedding, ...blocks, finalNorm, ...(tied ? [] : [head])];
}

interface Slot {
  readonly get: () => Tensor;
  readonly set: (tensor: Tensor) => void;
}

function baseTensor(
  kind: BaseTensor['kind'],
  layer: number | null,
  parts: readonly BaseParameter[],
  { get, set }: Slot,
): BaseTensor {
  return {
    kind,
    layer,
    parts,
    get tensor() {
      return get();
    },
    set tensor(tensor) {
      set(tensor);
    },
  };
}

function groupTensors(group: ProjectionGroup, layer: number): BaseTensor[] {
  const parts = (suffix: string): BaseParameter[] =>
    group.parts.map(({ path, start, size }) => ({ name: `${path}.${suffix}`, start, size }));
  const weight = baseTensor('weight', layer, parts('weight'), {
    get: () => group.weight,
    set: (tensor) => {
      group.weight = tensor;
    },
  });
  if (!group.bias) return [weight];
  const bias = baseTensor('bias', layer, parts('bias'), {
    get: () => group.bias as Tensor,
    set: (tensor) => {
      group.bias = tensor;
    },
  });
  return [weight, bias];
}
