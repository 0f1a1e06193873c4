/** A LoRA layer of which only the first b ranks are in use: A[:b], B[:, :b], s = α/b or α/√b. */
import type { ProjectionPart } from '../model/projection.ts';
import { engine } from '../tensors/engine.ts';
import type { LowRankPart } from '../tensors/low-rank-matrices.ts';
import type { DyLoraConfig } from './dylora-config.ts';
import { type LoraFactors, LoraLayer } from './lora-layer.ts';
import { loraScale, rankAndScale } from './lora-rank.ts';

export class DyLoraLayer extends LoraLayer {
  private readonly ranksInUse: (layer: DyLoraLayer) => number;
  private readonly scaleOf: (rank: number) => number;

  /** @param ranksInUse b of the present pass */
  constructor(
    part: ProjectionPart,
    factors: LoraFactors,
    config: DyLoraConfig,
    ranksInUse: (layer: DyLoraLayer) => number,
  ) {
    const { alpha, scale } = rankAndScale(part.path, config);
    super(part, factors, scale);
    this.ranksInUse = ranksInUse;
    this.scaleOf = (rank) => loraScale(alpha, rank, config.use_rslora);
  }

  override part(): LowRankPart {
    const { tf } = engine();
    const { a, b, start, size, inputSize } = this;
    const rank = this.ranksInUse(this);
    if (rank === this.rank) return super.part();
    return {
      a: tf.slice(a, [0, 0], [rank, inputSize]),
      b: tf.slice(b, [0, 0], [size, rank]),
      scale: this.scaleOf(rank),
      start,
    };
  }
}
