/**
 * The entrance of a pass over packed rows: what enters the first block and how its rows attend, with
 * the virtual rows of a method in place where there are any.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { causalAttention } from '../tensors/attention.ts';
import { cast } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { gatherRows } from '../tensors/gather-rows.ts';
import { selectRows } from '../tensors/select-rows.ts';
import type { LanguageModel } from './language-model.ts';
import { layoutTensors, type PackedRows } from './packing.ts';
import { placeVirtualRows, type VirtualRows } from './virtual-rows.ts';

export interface ForwardPass {
  /** The rows that run through the blocks. */
  readonly rows: PackedRows;
  /** [rows, D] float32 */
  readonly x: Tensor;
  /** From a layer's q, k, v rows to its heads' outputs. */
  attend(qkv: Tensor, layer: number): Tensor;
  /** Where given rows lie among those that run through the blocks. */
  locate(given: readonly number[]): readonly number[];
  /** Task of each sequence. */
  readonly tags: Int32Array;
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
      tags: new Int32Array(0),
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
  const { tf } = engine();
  const { all, order, givenAt, tags } = placeVirtualRows(packed, virtual);
  const layout = layoutTensors(all);
  const both = tf.concat([virtual.embeddings(tags), embed(model, packed)], 0);
  return {
    rows: all,
    x: gatherRows(both, tf.tensor1d(order, 'int32')),
    attend: (qkv) => attention(model, qkv, layout),
    locate: (given) => given.map((row) => givenAt[row] as number),
    tags,
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
  const order = tf.tensor1d(placed.order, 'int32');
  const givenAt = tf.tensor1d(placed.givenAt, 'int32');
  const noQueries = tf.zeros([
    placed.tags.length * virtual.length,
    config.num_attention_heads * config.head_dim,
  ]);
  return {
    rows: placed.given,
    x: embed(model, packed),
    attend: (qkv, layer) => {
      const prefix = tf.concat([noQueries, virtual.keysValues(layer, placed.tags)], 1);
      const both = tf.concat([prefix, cast(qkv, 'float32')], 0);
      const all = cast(gatherRows(both, order), precision);
      return selectRows(attention(model, all, layout), givenAt);
    },
    locate: (given) => given,
    tags: placed.tags,
  };
}

function embed(model: LanguageModel, { ids }: PackedRows): Tensor {
  return gatherRows(model.embedding, engine().tf.tensor1d(ids, 'int32'));
}

function attention(
  { config, rotary }: LanguageModel,
  qkv: Tensor,
  layout: ReturnType<typeof layoutTensors>,
): Tensor {
  const { num_attention_heads: heads, num_key_value_heads: kvHeads } = config;
  return causalAttention(qkv, layout, rotary, heads, kvHeads);
}
