/**
 * The ranks that an AdaLoRA adapter is saved with. HF-PEFT cuts the rows that the last allocation took
 * away and writes, for each layer, which of its init_r ranks are left (`rank_pattern`). Rows whose E
 * has grown again since are kept here, so that the saved adapter is the one in memory.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { AdaLoraLayer } from './adalora-layer.ts';
import type { KeptRanks } from './adalora-ranks.ts';
import { DerivedTensors } from './derived-tensors.ts';

const SUFFIX = '.lora_E';

export class SavedRanks {
  private readonly layers: readonly AdaLoraLayer[];
  private readonly initial: number;
  private readonly derived = new DerivedTensors();
  /** Of an adapter that was saved before: which of the initial ranks its rows are, by path. */
  private stored: KeptRanks;

  /** @param pattern `rank_pattern` of the configuration @param initial init_r */
  constructor(
    layers: readonly AdaLoraLayer[],
    pattern: Readonly<Record<string, readonly boolean[]>> | null,
    initial: number,
  ) {
    this.layers = layers;
    this.initial = initial;
    this.stored = storedRanks(pattern);
  }

  /** The rows were replaced by those of all initial ranks. */
  forgetStored(): void {
    this.stored = new Map();
  }

  /** `rank_pattern` as saved now, null while all ranks are there. */
  pattern(kept: KeptRanks | null): Record<string, readonly boolean[]> | null {
    if (!kept && this.stored.size === 0) return null;
    return Object.fromEntries(
      this.layers.map((layer) => {
        const all = this.stored.get(layer.path) ?? Array<boolean>(this.initial).fill(true);
        const rankOfRow = all.flatMap((present, rank) => (present ? [rank] : []));
        const left = new Set(this.rows(layer, kept).map((row) => rankOfRow[row]));
        return [layer.path + SUFFIX, all.map((_, rank) => left.has(rank))];
      }),
    );
  }

  /** Tensors of the layers as saved now, owned here until the next call. */
  tensors(kept: KeptRanks | null): Map<string, Tensor> {
    const { tf } = engine();
    this.derived.clear();
    const saved = new Map<string, Tensor>();
    for (const layer of this.layers) {
      const rows = this.rows(layer, kept);
      if (rows.length === layer.rank) continue;
      const { names, a, b, e } = layer;
      const indices = Int32Array.from(rows);
      for (const [name, tensor, axis] of [
        [names.a, a, 0],
        [names.b, b, 1],
        [names.e, e, 0],
      ] as const) {
        saved.set(
          name,
          this.derived.keep(() => tf.gather(tensor, tf.tensor1d(indices, 'int32'), axis)),
        );
      }
    }
    return saved;
  }

  dispose(): void {
    this.derived.clear();
  }

  private rows({ path, rank, e }: AdaLoraLayer, kept: KeptRanks | null): number[] {
    const left = kept?.get(path);
    const values = e.dataSync();
    return Array.from({ length: rank }, (_, row) => row).filter(
      (row) => !left || left[row] || values[row] !== 0,
    );
  }
}

/** `rank_pattern` by module path. */
export function storedRanks(
  pattern: Readonly<Record<string, readonly boolean[]>> | null,
): KeptRanks {
  return new Map(
    Object.entries(pattern ?? {}).map(([key, ranks]) => [
      key.endsWith(SUFFIX) ? key.slice(0, -SUFFIX.length) : key,
      ranks,
    ]),
  );
}
