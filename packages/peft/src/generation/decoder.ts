/** The model with a key/value cache: prompts go in packed, then one row a stream and step. */
import type { Tensor } from '@tensorflow/tfjs';
import type { Block } from '../model/block.ts';
import { embed, startPass } from '../model/forward-pass.ts';
import { type LanguageModel, logits, runPass } from '../model/language-model.ts';
import { type PackedRows, packSequences, sequenceOfRows } from '../model/packing.ts';
import { hasPlainLayers } from '../model/plain-layers.ts';
import type { ProjectionGroup } from '../model/projection.ts';
import { withByteProducts } from '../tensors/byte-products.ts';
import {
  type CacheRows,
  cachedAttention,
  createLayerCache,
  type LayerCache,
  storeInCache,
} from '../tensors/cached-attention.ts';
import { cast } from '../tensors/cast.ts';
import { type DecodePass, decode } from '../tensors/decode.ts';
import { engine } from '../tensors/engine.ts';
import { smallRows } from '../tensors/linear.ts';
import { rotateRows } from '../tensors/rotary.ts';
import type { DecodeRow, PrefillPrompt, TokenScorer } from './token-scorer.ts';

/** Beyond, ops cost nothing beside what they do, and one for all would hold memory of all. */
const MOST_ROWS_AT_ONCE = 128;

export class Decoder implements TokenScorer {
  private readonly model: LanguageModel;
  private readonly caches: readonly LayerCache[];

  /** @param slots caches held at once @param capacity tokens that a slot holds */
  constructor(model: LanguageModel, slots: number, capacity: number) {
    const { num_key_value_heads: kvHeads, head_dim: headDim } = model.config;
    const length = capacity + (model.virtualRows?.length ?? 0);
    this.model = model;
    this.caches = model.blocks.map(() =>
      createLayerCache(slots, kvHeads, length, headDim, model.precision),
    );
  }

  prefill(prompts: readonly PrefillPrompt[]): Tensor {
    return engine().tf.tidy(() => logits(this.model, this.read(prompts)));
  }

  step(rows: readonly DecodeRow[]): Tensor {
    return engine().tf.tidy(() => logits(this.model, this.feed(rows)));
  }

  /** Reads prompts into their slots. @returns hidden rows [prompts, D] of each prompt's last token */
  read(prompts: readonly PrefillPrompt[]): Tensor {
    const { tf } = engine();
    const { model, caches } = this;
    const heads = model.config.num_attention_heads;
    return tf.tidy(() => {
      const tags = prompts.map(({ tag = 0 }) => tag);
      const packed = packSequences(
        prompts.map(({ ids }) => ids),
        prompts.some(({ tag }) => tag !== undefined) ? tags : undefined,
      );
      const pass = startPass(model, packed);
      const slots = sequenceOfRows(pass.rows).map((sequence) => prompts[sequence]?.slot as number);
      const rows = promptRows(pass.rows.positions, slots);
      const prefix = this.prefixRows(prompts, pass.prefixes);
      let end = 0;
      const last = prompts.map(({ ids }) => {
        end += ids.length;
        return end - 1;
      });
      const attend = (qkv: Tensor, layer: number): Tensor => {
        const cache = caches[layer] as LayerCache;
        storeInCache(qkv, rows, model.rotary, cache, heads);
        prefix?.store(layer, cache);
        return pass.attend(qkv, layer);
      };
      const wanted = tf.tensor1d(Int32Array.from(pass.locate(last) ?? []), 'int32');
      return withByteProducts(model.answersInBytes, () => runPass(model, pass, attend, wanted));
    });
  }

  /**
   * Feeds tokens, any number of them to a slot, in order.
   * @param wanted indices of the rows that are needed; default all
   * @returns their hidden rows [wanted, D]
   */
  feed(rows: readonly DecodeRow[], wanted?: readonly number[]): Tensor {
    const { tf } = engine();
    const { model, caches } = this;
    const before = model.virtualRows?.length ?? 0;
    const column = (value: (row: DecodeRow) => number): Int32Array => Int32Array.from(rows, value);
    return tf.tidy(() => {
      const ids = column(({ id }) => id);
      const positions = column(({ position }) => position + before);
      const cacheRows: CacheRows = {
        positions: tf.tensor1d(positions, 'int32'),
        slot: tf.tensor1d(
          column(({ slot }) => slot),
          'int32',
        ),
        parent: tf.tensor1d(
          column(({ parent }) => parent),
          'int32',
        ),
        parentLength: tf.tensor1d(
          column(({ parentLength }) => parentLength + before),
          'int32',
        ),
      };
      const attend = (qkv: Tensor, layer: number): Tensor =>
        cachedAttention(
          qkv,
          cacheRows,
          model.rotary,
          caches[layer] as LayerCache,
          model.config.num_attention_heads,
        );
      const tagged = rows.some(({ tag }) => tag !== undefined);
      const packed: PackedRows = {
        ids,
        positions,
        first: ids.map((_, row) => row),
        ...(tagged && { tags: column(({ tag = 0 }) => tag) }),
      };
      const x = embed(model, packed);
      const some = wanted && tf.tensor1d(Int32Array.from(wanted), 'int32');
      if (!tagged && wanted?.length !== 0 && this.atOnce(rows.length)) {
        return decode(x, cacheRows, this.pass(), some ?? null);
      }
      return withByteProducts(model.answersInBytes, () =>
        runPass(model, { x, rows: packed }, attend, some),
      );
    });
  }

  /** Whether all layers can run as one op, which multiplies as the products of so few rows do. */
  private atOnce(rows: number): boolean {
    const { precision, storage } = this.model;
    const most = precision === storage ? smallRows(precision) : MOST_ROWS_AT_ONCE;
    return engine().fused && rows <= most && hasPlainLayers(this.model);
  }

  private pass(): DecodePass {
    const { blocks, finalNorm, rotary, config } = this.model;
    const kept = this.keptMatrices();
    return {
      layers: blocks.map(({ inputNorm, qkv, output, postAttentionNorm, gateUp, down }, layer) => ({
        inputNorm,
        qkv: kept(qkv),
        output: kept(output),
        postAttentionNorm,
        gateUp: kept(gateUp),
        down: kept(down),
        cache: this.caches[layer] as LayerCache,
      })),
      finalNorm,
      table: rotary,
      heads: config.num_attention_heads,
      epsilon: config.rms_norm_eps,
    };
  }

  /** The matrices that one op for all layers multiplies by: all in bytes, or all as they are. */
  private keptMatrices(): (group: ProjectionGroup) => Tensor {
    const { answersInBytes, blocks } = this.model;
    const packed = ({ qkv, output, gateUp, down }: Block) =>
      [qkv, output, gateUp, down].every((group) => group.packedWeight() !== null);
    if (!answersInBytes || !blocks.every(packed)) return ({ weight }) => weight;
    return (group) => group.packedWeight() as Tensor;
  }

  dispose(): void {
    for (const { keys, values } of this.caches) {
      keys.dispose();
      values.dispose();
    }
  }

  /** Ready keys and values, as the cache takes them: it rotates what it stores, so they are turned back first. */
  private prefixRows(
    prompts: readonly PrefillPrompt[],
    prefixes: readonly Tensor[] | null,
  ): { store(layer: number, cache: LayerCache): void } | null {
    if (prefixes === null) return null;
    const { tf } = engine();
    const { config, rotary, precision } = this.model;
    const { num_attention_heads: heads, num_key_value_heads: kvHeads, head_dim: headDim } = config;
    const total = prefixes[0]?.shape[0] as number;
    const length = total / prompts.length;
    const positions = Int32Array.from({ length: total }, (_, row) => row % length);
    const slots = Int32Array.from(
      { length: total },
      (_, row) => prompts[Math.floor(row / length)]?.slot as number,
    );
    const rows = promptRows(positions, slots);
    const backwards = { cos: rotary.cos, sin: tf.neg(rotary.sin) };
    return {
      store: (layer, cache) =>
        tf.tidy(() => {
          const both = tf.reshape(prefixes[layer] as Tensor, [total, 2 * kvHeads, headDim]);
          const [keys, values] = tf.split(both, 2, 1);
          const turned = rotateRows(keys as Tensor, rows.positions, backwards);
          const all = tf.concat([tf.zeros([total, heads, headDim]), turned, values as Tensor], 1);
          const qkv = cast(tf.reshape(all, [total, (heads + 2 * kvHeads) * headDim]), precision);
          storeInCache(qkv, rows, rotary, cache, heads);
        }),
    };
  }
}

/** Rows that are written to their slots and read nothing from another's. */
function promptRows(positions: Int32Array, slots: Int32Array): CacheRows {
  const { tf } = engine();
  const slot = tf.tensor1d(slots, 'int32');
  return {
    positions: tf.tensor1d(positions, 'int32'),
    slot,
    parent: slot,
    parentLength: tf.zeros([slots.length], 'int32'),
  };
}
