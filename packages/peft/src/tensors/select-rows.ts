/** A subset of rows in the precision of the input; the gradient puts them back among zeros. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { gatherRaw } from './gather-rows.ts';
import { precisionOf } from './raw-op.ts';

/** x[N, D], rows[M] int32 → [M, D] */
export function selectRows(x: Tensor, rows: Tensor): Tensor {
  const { tf, fused, name } = engine();
  // The wasm backend lacks the gradient of gather; a product with one-hot rows has one.
  if (name === 'wasm') {
    return tf.matMul(
      tf.cast(tf.oneHot(rows as never, x.shape[0] as number), 'float32') as Tensor2D,
      x as Tensor2D,
    );
  }
  if (!fused) return tf.gather(x, rows as never);
  return runFused(selectKernel, { x, rows }, { total: x.shape[0] as number })[0] as Tensor;
}

const selectKernel: FusedKernel<'x' | 'rows'> = {
  forward: ({ x, rows }) => [gatherRaw(x, rows)],
  saveInputs: ['rows'],
  gradient: ([dy], [rows], { total }) => ({
    x: () => {
      const { tf } = engine();
      const wide = castRaw(dy as Tensor, 'float32');
      const sum = tf.unsortedSegmentSum(wide, rows as never, Number(total));
      return castRaw(sum, precisionOf(dy as Tensor));
    },
  }),
};
