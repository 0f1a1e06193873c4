/**
 * Attention of new rows over a key/value cache. Row i writes its rotated key and its value at
 * (slot_i, position_i) and attends to positions 0…position_i: those before parentLength_i are read
 * from slot parent_i (a prompt shared by several candidates), the others from its own slot.
 */
import type { Tensor, Tensor3D } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine, type Precision } from './engine.ts';
import { type AttributeValue, BFLOAT16, FLOAT32, rawOp1, storageType } from './raw-op.ts';
import { type RotaryTable, rotateRows } from './rotary.ts';

/** Keys and values of one layer: [slots, KV, capacity, d] each, written in place. */
export interface LayerCache {
  keys: Tensor;
  values: Tensor;
}

/** Where each of the N new rows stands, int32 [N]. */
export interface CacheRows {
  readonly positions: Tensor;
  readonly slot: Tensor;
  readonly parent: Tensor;
  readonly parentLength: Tensor;
}

/** An empty cache. The caller disposes it. */
export function createLayerCache(
  slots: number,
  kvHeads: number,
  capacity: number,
  headDim: number,
  precision: Precision,
): LayerCache {
  const { tf, fused } = engine();
  const shape = [slots, kvHeads, capacity, headDim];
  // The kernel reads no row before it is written, so nothing needs to be zero: what is not used costs nothing.
  const empty = (): Tensor => {
    if (!fused) return castRaw(tf.fill(shape, 0), precision);
    const dtype = { type: precision === 'bfloat16' ? BFLOAT16 : FLOAT32 };
    return rawOp1('Empty', { dtype, init: false }, [tf.tensor1d(shape, 'int32')]);
  };
  const kept = (): Tensor => tf.tidy(() => tf.keep(empty()));
  return { keys: kept(), values: kept() };
}

/** @param qkv [N, (H + 2·KV)·d] @returns [N, H·d]; the cache holds the new rows afterwards */
export function cachedAttention(
  qkv: Tensor,
  rows: CacheRows,
  table: RotaryTable,
  cache: LayerCache,
  heads: number,
): Tensor {
  if (!engine().fused) return composed(qkv, rows, table, cache, heads);
  return rawOp1('QuaestorCachedAttention', kernelAttributes(qkv, cache, heads), [
    qkv,
    rows.positions,
    rows.slot,
    rows.parent,
    rows.parentLength,
    table.cos,
    table.sin,
    cache.keys,
    cache.values,
  ]);
}

/** Only the writing, for rows whose attention was computed otherwise. */
export function storeInCache(
  qkv: Tensor,
  rows: CacheRows,
  table: RotaryTable,
  cache: LayerCache,
  heads: number,
): void {
  const { tf, fused } = engine();
  if (!fused) {
    tf.tidy(() => write(qkv, rows, table, cache, heads));
    return;
  }
  const inputs = [qkv, rows.positions, rows.slot, table.cos, table.sin, cache.keys, cache.values];
  rawOp1('QuaestorStoreCache', kernelAttributes(qkv, cache, heads), inputs).dispose();
}

function kernelAttributes(
  qkv: Tensor,
  { keys }: LayerCache,
  heads: number,
): Record<string, AttributeValue> {
  return {
    T: { type: storageType(qkv) },
    heads: { int: heads },
    kv_heads: { int: keys.shape[1] as number },
  };
}

/** Rotates q and k, replaces the cache by one with the new rows; returns the rotated queries [N, H, d]. */
function write(
  qkv: Tensor,
  { positions, slot }: CacheRows,
  table: RotaryTable,
  cache: LayerCache,
  heads: number,
): Tensor {
  const { tf } = engine();
  const [, kvHeads, , headDim] = cache.keys.shape as [number, number, number, number];
  const rows = qkv.shape[0] as number;
  const all = tf.reshape(qkv, [rows, heads + 2 * kvHeads, headDim]);
  const [both, values] = tf.split(all, [heads + kvHeads, kvHeads], 1) as [Tensor, Tensor];
  const rotated = rotateRows(both, positions, table);
  const [queries, keys] = tf.split(rotated, [heads, kvHeads], 1) as [Tensor, Tensor];
  const at = tf.stack([slot, positions], 1);
  const put = (old: Tensor, fresh: Tensor): Tensor => {
    const byPosition = tf.transpose(old, [0, 2, 1, 3]);
    const updated = tf.tensorScatterUpdate(byPosition, at as never, fresh as never);
    const next = tf.keep(tf.transpose(updated, [0, 2, 1, 3]));
    old.dispose();
    return next;
  };
  cache.keys = put(cache.keys, keys);
  cache.values = put(cache.values, values);
  return queries;
}

function composed(
  qkv: Tensor,
  rows: CacheRows,
  table: RotaryTable,
  cache: LayerCache,
  heads: number,
): Tensor {
  const { tf } = engine();
  return tf.tidy(() => {
    const queries = write(qkv, rows, table, cache, heads);
    const [, kvHeads, capacity, headDim] = cache.keys.shape as [number, number, number, number];
    const count = qkv.shape[0] as number;
    const index = tf.range(0, capacity, 1, 'int32');
    const own = tf.greaterEqual(tf.expandDims(index, 0), tf.expandDims(rows.parentLength, 1));
    const pick = (from: Tensor): Tensor3D => {
      const mine = tf.gather(from, rows.slot as never);
      const theirs = tf.gather(from, rows.parent as never);
      const mask = tf.reshape(own, [count, 1, capacity, 1]);
      return tf.reshape(tf.where(mask, mine, theirs), [
        count * kvHeads,
        capacity,
        headDim,
      ]) as Tensor3D;
    };
    const grouped = tf.reshape(queries, [count * kvHeads, heads / kvHeads, headDim]) as Tensor3D;
    const scores = tf.div(tf.matMul(grouped, pick(cache.keys), false, true), Math.sqrt(headDim));
    const late = tf.greater(tf.expandDims(index, 0), tf.expandDims(rows.positions, 1));
    const mask = tf.mul(tf.cast(late, 'float32'), -1e9);
    const spread = tf.reshape(tf.tile(tf.expandDims(mask, 1), [1, kvHeads, 1]), [
      count * kvHeads,
      1,
      capacity,
    ]);
    const weights = tf.softmax(tf.add(scores, spread)) as Tensor3D;
    return tf.reshape(tf.matMul(weights, pick(cache.values)), [count, heads * headDim]);
  });
}
