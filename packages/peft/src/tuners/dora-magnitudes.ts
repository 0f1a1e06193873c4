/** Where DoRA's magnitudes start: m = ‖W + s·B·A‖, so that nothing changes. */
import { engine } from '../tensors/engine.ts';
import { diagonalFactors, stackFactors } from '../tensors/low-rank-matrices.ts';
import { rowLengths, rowSquares } from '../tensors/row-lengths.ts';
import type { LoraLayer } from './lora-layer.ts';
import type { LowRankHook } from './low-rank-hook.ts';

/** Gives each layer its magnitude [size]. */
export function addMagnitudes(hooks: readonly LowRankHook<LoraLayer>[]): void {
  const { tf } = engine();
  for (const { group, layers } of hooks) {
    if (layers.length === 0) continue;
    tf.tidy(() => {
      const parts = layers.map((layer) => layer.part());
      const low = diagonalFactors(parts, group.outputSize);
      const lengths = rowLengths(group.weight, rowSquares(group.weight), stackFactors(parts), low);
      for (const layer of layers) {
        layer.magnitude = tf.variable(tf.slice(lengths, layer.start, layer.size));
      }
    });
  }
}
