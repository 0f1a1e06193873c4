/** The model with a key/value cache: prompts go in packed, then one row a stream and step. */
import type { Tensor } from '@tensorflow/tfjs';
import { runBlock, type Stream } from '../model/block.ts';
import { embed, finishStream, type LanguageModel, logits } from '../model/language-model.ts';
import { layoutTensors, packSequences } from '../model/packing.ts';
import { causalAttention } from '../tensors/attention.ts';
import {
  type CacheRows,
  cachedAttention,
  createLayerCache,
  type LayerCache,
  storeInCache,
} from '../tensors/cached-attention.ts';
import { engine } from '../tensors/engine.ts';

/** One token to feed: written at (slot, position), seeing `parent` before `parentLength`. */
export interface DecodeRow {
  readonly id: number;
  readonly position: number;
  readonly slot: number;
  readonly parent: number;
  readonly parentLength: number;
}

/** A prompt to read into a slot, and the position where it starts there. */
export interface PrefillPrompt {
  readonly ids: readonly number[];
  readonly slot: number;
}

export class Decoder {
  readonly capacity: number;
  private readonly model: LanguageModel;
  private readonly caches: readonly LayerCache[];

  /** @param slots caches held at once @param capacity tokens that a slot holds */
  constructor(model: LanguageModel, slots: number, capacity: number) {
    const { num_key_value_heads: kvHeads, head_dim: headDim } = model.config;
    this.model = model;
    this.capacity = capacity;
    this.caches = model.blocks.map(() =>
      createLayerCache(slots, kvHeads, capacity, headDim, model.precision),
    );
  }

  /** Reads prompts into their slots. @returns logits [prompts, V] after each prompt's last token */
  prefill(prompts: readonly PrefillPrompt[]): Tensor {
    const { tf } = engine();
    const { config, rotary } = this.model;
    const heads = config.num_attention_heads;
    return tf.tidy(() => {
      const packed = packSequences(prompts.map(({ ids }) => ids));
      const layout = layoutTensors(packed);
      const slots = prompts.flatMap(({ ids, slot }) => ids.map(() => slot));
      const slot = tf.tensor1d(slots, 'int32');
      const rows: CacheRows = {
        positions: layout.positions,
        slot,
        parent: slot,
        parentLength: tf.zeros([slots.length], 'int32'),
      };
      let end = 0;
      const last = prompts.map(({ ids }) => {
        end += ids.length;
        return end - 1;
      });
      const attend = (qkv: Tensor, cache: LayerCache): Tensor => {
        storeInCache(qkv, rows, rotary, cache, heads);
        return causalAttention(qkv, layout, rotary, heads, config.num_key_value_heads);
      };
      return this.run(tf.tensor1d(packed.ids, 'int32'), attend, tf.tensor1d(last, 'int32'));
    });
  }

  /** Feeds one token for each row. @returns logits [rows, V] */
  step(rows: readonly DecodeRow[]): Tensor {
    const { tf } = engine();
    const column = (value: (row: DecodeRow) => number): Tensor =>
      tf.tensor1d(rows.map(value), 'int32');
    return tf.tidy(() => {
      const cacheRows: CacheRows = {
        positions: column(({ position }) => position),
        slot: column(({ slot }) => slot),
        parent: column(({ parent }) => parent),
        parentLength: column(({ parentLength }) => parentLength),
      };
      const { rotary, config } = this.model;
      const attend = (qkv: Tensor, cache: LayerCache): Tensor =>
        cachedAttention(qkv, cacheRows, rotary, cache, config.num_attention_heads);
      return this.run(
        column(({ id }) => id),
        attend,
      );
    });
  }

  dispose(): void {
    for (const { keys, values } of this.caches) {
      keys.dispose();
      values.dispose();
    }
  }

  private run(
    ids: Tensor,
    attend: (qkv: Tensor, cache: LayerCache) => Tensor,
    wanted?: Tensor,
  ): Tensor {
    const { blocks, config, precision } = this.model;
    let stream: Stream = { x: embed(this.model, ids), delta: null };
    for (const [layer, block] of blocks.entries()) {
      const cache = this.caches[layer] as LayerCache;
      const rows = layer === blocks.length - 1 ? wanted : undefined;
      const next = runBlock(
        block,
        stream,
        config.rms_norm_eps,
        precision,
        (qkv) => attend(qkv, cache),
        rows,
      );
      stream.x.dispose();
      stream.delta?.dispose();
      stream = next;
    }
    return logits(this.model, finishStream(this.model, stream));
  }
}
