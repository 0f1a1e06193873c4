/**
 * The frozen blocks below the lowest trained one give the same residual stream for a sequence in every
 * epoch. It is computed once, at first use, and kept; training then runs the blocks above alone.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { type LanguageModel, type PartWay, streamBefore } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine } from '../tensors/engine.ts';
import { offTape } from '../tensors/off-tape.ts';
import type { NamedVariable } from '../tuners/tuner.ts';

export interface TrunkCacheOptions {
  /** Bytes that are kept at most, default 1 GB; sequences beyond that are run whole. */
  readonly limit?: number;
}

export class TrunkCache {
  private readonly model: LanguageModel;
  private readonly trained: () => readonly NamedVariable[];
  private readonly limit: number;
  private readonly streams = new Map<string, Tensor>();
  private layer = 0;
  private bytes = 0;

  /** @param trained what is trained now, under the names that say in which layer it lies */
  constructor(
    model: LanguageModel,
    trained: () => readonly NamedVariable[],
    { limit = 1e9 }: TrunkCacheOptions = {},
  ) {
    this.model = model;
    this.trained = trained;
    this.limit = limit;
  }

  /**
   * Where the pass over packed sequences may begin, for `hiddenRows`.
   * @returns undefined where the first block is trained already, or there is no room
   */
  partWay(sequences: readonly (readonly number[])[]): PartWay | undefined {
    const layer = this.model.virtualRows ? 0 : lowestLayer(this.trained());
    if (layer !== this.layer) this.dispose();
    this.layer = layer;
    if (layer === 0) return undefined;
    const keys = sequences.map((ids) => ids.join());
    const missing = [...new Set(keys)].filter((key) => !this.streams.has(key));
    if (missing.length > 0 && !this.fill(missing, keys, sequences)) return undefined;
    const streams = keys.map((key) => this.streams.get(key) as Tensor);
    const [stream] = offTape(() => [engine().tf.concat(streams, 0)]);
    return { layer, stream: stream as Tensor };
  }

  dispose(): void {
    for (const stream of this.streams.values()) stream.dispose();
    this.streams.clear();
    this.bytes = 0;
  }

  private fill(
    missing: readonly string[],
    keys: readonly string[],
    sequences: readonly (readonly number[])[],
  ): boolean {
    const { tf } = engine();
    const fresh = missing.map((key) => sequences[keys.indexOf(key)] as readonly number[]);
    const rows = fresh.reduce((sum, { length }) => sum + length, 0);
    const size = 4 * rows * this.model.config.hidden_size;
    if (this.bytes + size > this.limit) return false;
    this.bytes += size;
    const parts = offTape(() => {
      const stream = streamBefore(this.model, packSequences(fresh), this.layer);
      return tf.split(
        stream,
        fresh.map(({ length }) => length),
        0,
      );
    });
    for (const [i, key] of missing.entries()) this.streams.set(key, tf.keep(parts[i] as Tensor));
    return true;
  }
}

/** The lowest layer that a trained tensor lies in; 0 where one lies in none. */
function lowestLayer(trained: readonly NamedVariable[]): number {
  if (trained.length === 0) return 0;
  return Math.min(...trained.map(({ name }) => Number(/\blayers\.(\d+)\./.exec(name)?.[1] ?? 0)));
}
