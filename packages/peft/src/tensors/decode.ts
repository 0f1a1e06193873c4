/**
 * A pass of all layers over cached keys and values as one op. For the few rows of a decoding step, running
 * an op costs as much as what it does: eight a layer become one for all.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { CacheRows, LayerCache } from './cached-attention.ts';
import { engine } from './engine.ts';
import { rawOp1, storageType } from './raw-op.ts';
import type { RotaryTable } from './rotary.ts';

/** What one layer computes with; matrices of all layers are kept in one precision, or as `packBytes` gives them. */
export interface DecodeLayer {
  /** [D] float32, as the other norm. */
  readonly inputNorm: Tensor;
  /** [(H + 2·KV)·d, D] */
  readonly qkv: Tensor;
  /** [D, H·d] */
  readonly output: Tensor;
  readonly postAttentionNorm: Tensor;
  /** [2F, D] */
  readonly gateUp: Tensor;
  /** [D, F] */
  readonly down: Tensor;
  readonly cache: LayerCache;
}

export interface DecodePass {
  readonly layers: readonly DecodeLayer[];
  /** [D] float32, of the stream after the last layer. */
  readonly finalNorm: Tensor;
  readonly table: RotaryTable;
  readonly heads: number;
  readonly epsilon: number;
}

/**
 * The same bits as layer by layer; needs the fused kernels.
 * @param x [N, D] float32, what enters the first layer
 * @param wanted int32, rows that the last layer computes; null: all
 * @returns their hidden rows after the final norm, in the precision of the caches, which hold the new rows
 */
export function decode(
  x: Tensor,
  rows: CacheRows,
  { layers, finalNorm, table, heads, epsilon }: DecodePass,
  wanted: Tensor | null,
): Tensor {
  const { tf } = engine();
  const [first] = layers as [DecodeLayer];
  const attributes = {
    T: { type: storageType(first.cache.keys) },
    W: { type: storageType(first.qkv) },
    N: { int: layers.length },
    heads: { int: heads },
    kv_heads: { int: first.cache.keys.shape[1] as number },
    epsilon: { float: epsilon },
  };
  return rawOp1('QuaestorDecode', attributes, [
    x,
    rows.positions,
    rows.slot,
    rows.parent,
    rows.parentLength,
    wanted ?? tf.tensor1d([], 'int32'),
    table.cos,
    table.sin,
    finalNorm,
    ...layers.map(({ inputNorm }) => inputNorm),
    ...layers.map(({ qkv }) => qkv),
    ...layers.map(({ output }) => output),
    ...layers.map(({ postAttentionNorm }) => postAttentionNorm),
    ...layers.map(({ gateUp }) => gateUp),
    ...layers.map(({ down }) => down),
    ...layers.map(({ cache }) => cache.keys),
    ...layers.map(({ cache }) => cache.values),
  ]);
}
