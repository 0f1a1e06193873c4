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
  /**
   * Lets every reader of the tensor get what `read` makes of it, anew at each reading: a pass that is
   * recorded can so be given a tensor computed on its tape. Until the returned function is called,
   * the tensor cannot be assigned. Several are undone last first.
   */
  intercept(read: (stored: () => Tensor) => Tensor): () => void;
}

/** All tensors from the entrance to the head; a tied head is the embedding and has no entry. */
export function baseTensors(model: LanguageModel): readonly BaseTensor[] {
  const tied = model.head === model.embedding;
  const rows = model.embedding.shape[0] as number;
  const width = model.config.hidden_size;
  const norm = (layer: number | null, name: string, place: Place): BaseTensor =>
    baseTensor('norm', layer, [{ name, start: 0, size: width }], place);
  const blocks = model.blocks.flatMap((block, layer) => {
    const path = `model.layers.${layer}`;
    return [
      norm(layer, `${path}.input_layernorm.weight`, at(block, 'inputNorm')),
      ...groupTensors(block.qkv, layer),
      ...groupTensors(block.output, layer),
      norm(layer, `${path}.post_attention_layernorm.weight`, at(block, 'postAttentionNorm')),
      ...groupTensors(block.gateUp, layer),
      ...groupTensors(block.down, layer),
    ];
  });
  const embedding = baseTensor(
    'embedding',
    null,
    [{ name: 'model.embed_tokens.weight', start: 0, size: rows }],
    tied ? at(model, 'embedding', 'head') : at(model, 'embedding'),
  );
  const finalNorm = norm(null, 'model.norm.weight', at(model, 'finalNorm'));
  const head = baseTensor(
    'head',
    null,
    [{ name: 'lm_head.weight', start: 0, size: rows }],
    at(model, 'head'),
  );
  return [embedding, ...blocks, finalNorm, ...(tied ? [] : [head])];
}

/** Where a tensor is kept: under one key of an object, or under several that share it. */
interface Place {
  readonly owner: Record<string, Tensor>;
  readonly keys: readonly string[];
}

function at<Key extends string>(owner: { [key in Key]: Tensor | null }, ...keys: Key[]): Place {
  return { owner: owner as Record<string, Tensor>, keys };
}

function baseTensor(
  kind: BaseTensor['kind'],
  layer: number | null,
  parts: readonly BaseParameter[],
  { owner, keys }: Place,
): BaseTensor {
  return {
    kind,
    layer,
    parts,
    get tensor() {
      return owner[keys[0] as string] as Tensor;
    },
    set tensor(tensor) {
      for (const key of keys) owner[key] = tensor;
    },
    intercept(read) {
      const undo = keys.map((key) => {
        const before = Object.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
        const stored = (): Tensor => (before.get ? before.get() : before.value) as Tensor;
        const get = (): Tensor => read(stored);
        Object.defineProperty(owner, key, { configurable: true, enumerable: true, get });
        return () => {
          if (Object.getOwnPropertyDescriptor(owner, key)?.get !== get) {
            throw new Error(`${parts[0]?.name}: interceptions are undone last first`);
          }
          Object.defineProperty(owner, key, before);
        };
      });
      return () => {
        for (const restore of undo) restore();
      };
    },
  };
}

function groupTensors(group: ProjectionGroup, layer: number): BaseTensor[] {
  const parts = (suffix: string): BaseParameter[] =>
    group.parts.map(({ path, start, size }) => ({ name: `${path}.${suffix}`, start, size }));
  const weight = baseTensor('weight', layer, parts('weight'), at(group, 'weight'));
  if (!group.bias) return [weight];
  return [weight, baseTensor('bias', layer, parts('bias'), at(group, 'bias'))];
}
