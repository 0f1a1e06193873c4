/**
 * The entrance of a pass over packed rows: what enters the first block and how its rows attend, with
 * the virtual rows of a method in place where there are any.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { causalAttention } from '../tensors/attention.ts';
import { cast } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { gatherRows } from '../tensors/gather-rows.ts';
import { interleaveRows, type RowOrder } from '../tensors/interleave-rows.ts';
import { selectRows } from '../tensors/select-rows.ts';
import type { LanguageModel } from './language-model.ts';
import { layoutTensors, type PackedRows } from './packing.ts';
import { type PlacedRows, placeVirtualRows, type VirtualRows } from './virtual-rows.ts';

export interface ForwardPass {
  /** The rows that run through the blocks. */
  readonly rows: PackedRows;
  /** [rows, D] float32 */
  readonly x: Tensor;
  /** From a layer's q, k, v rows to its heads' outputs. */
  attend(qkv: Tensor, layer: number): Tensor;
  /** Where given rows lie among those that run through the blocks; undefined: all of them, in order. */
  locate(given?: readonly number[]): readonly number[] | undefined;
  /** Ready keys and values before each sequence, by layer, where a method gives some. */
  readonly prefixes: readonly Tensor[] | null;
}

/** Prepares a pass, as tensors of the current tidy scope. */
export function startPass(model: LanguageModel, packed: PackedRows): ForwardPass {
  const { virtualRows } = model;
  if (virtualRows === null) {
    const layout = layoutTensors(packed);
    return {
      rows: packed,
      x: embed(model, packed),
      attend: (qkv) => attention(model, qkv, layout),
      locate: (given) => given,
      prefixes: null,
    };
  }
  return virtualRows.kind === 'embeddings'
    ? withEmbeddings(model, packed, virtualRows)
    : withKeysValues(model, packed, virtualRows);
}

function withEmbeddings(
  model: LanguageModel,
  packed: PackedRows,
  virtual: Extract<VirtualRows, { kind: 'embeddings' }>,
): ForwardPass {
  const placed = placeVirtualRows(packed, virtual);
  const layout = layoutTensors(placed.all);
  return {
    rows: placed.all,
    x: interleaveRows(virtual.embeddings(placed.tags), embed(model, packed), orderTensors(placed)),
    attend: (qkv) => attention(model, qkv, layout),
    locate: (given) => given?.map((row) => placed.givenAt[row] as number) ?? [...placed.givenAt],
    prefixes: null,
  };
}

function withKeysValues(
  model: LanguageModel,
  packed: PackedRows,
  virtual: Extract<VirtualRows, { kind: 'keys-values' }>,
): ForwardPass {
  const { tf } = engine();
  const { config, precision } = model;
  const placed = placeVirtualRows(packed, virtual);
  const layout = layoutTensors(placed.all);
  const order = orderTensors(placed);
  const prefixes = virtual.keysValues(placed.tags);
  const noQueries = tf.zeros([
    placed.tags.length * virtual.length,
    config.num_attention_heads * config.head_dim,
  ]);
  return {
    rows: placed.given,
    x: embed(model, packed),
    attend: (qkv, layer) => {
      const prefix = tf.concat([noQueries, prefixes[layer] as Tensor], 1);
      const all = interleaveRows(cast(prefix, precision), qkv, order);
      return selectRows(attention(model, all, layout), order.givenAt);
    },
    locate: (given) => given,
    prefixes,
  };
}

function orderTensors({ order, virtualAt, givenAt }: PlacedRows): RowOrder {
  const { tf } = engine();
  return {
    order: tf.tensor1d(order, 'int32'),
    insertedAt: tf.tensor1d(virtualAt, 'int32'),
    givenAt: tf.tensor1d(givenAt, 'int32'),
  };
}

/** The rows of token ids: [N, D] float32. */
export function embed(model: LanguageModel, { ids }: Pick<PackedRows, 'ids'>): Tensor {
  const indices = engine().tf.tensor1d(ids, 'int32');
  return model.embeddingHook?.(indices) ?? gatherRows(model.embedding, indices);
}

function attention(
  { config, rotary }: LanguageModel,
  qkv: Tensor,
  layout: ReturnType<typeof layoutTensors>,
): Tensor {
  const { num_attention_heads: heads, num_key_value_heads: kvHeads } = config;
  return causalAttention(qkv, layout, rotary, heads, kvHeads);
}
