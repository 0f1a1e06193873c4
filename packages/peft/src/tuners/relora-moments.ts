/**
 * What is left of an optimizer's moments after a restart (Lialin et al. 2023, §3). Both moments of a
 * parameter lose the same entries: the authors prune each by itself, and where the first is left
 * without the second, the next update is some thirty times too large.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';

/** To be applied to the first moment, then to the second. */
type Pruning = (moment: Tensor) => Tensor;

/** Drops each entry with the probability `share`. */
export function pruneAtRandom(share: number, random: Random): Pruning {
  return withOneMask((values) => values.map(() => (random.next() < share ? 0 : 1)));
}

/** Drops the entries whose first moments are the smallest, as many as the share says. */
export function pruneSmallest(share: number): Pruning {
  return withOneMask((values) => {
    const order = Uint32Array.from(values.keys()).sort(
      (i, j) => Math.abs(values[i] as number) - Math.abs(values[j] as number),
    );
    const mask = new Float32Array(values.length).fill(1);
    for (const i of order.subarray(0, Math.round(share * values.length))) mask[i] = 0;
    return mask;
  });
}

function withOneMask(make: (values: Float32Array) => Float32Array): Pruning {
  let mask: Float32Array | null = null;
  return (moment) => {
    const { tf } = engine();
    mask ??= make(moment.dataSync() as Float32Array);
    return tf.mul(moment, tf.tensor(mask, moment.shape));
  };
}
