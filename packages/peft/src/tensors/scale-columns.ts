/**
 * y = x ⊙ s with one s for every row, in the precision of x:
 *   dx = dy ⊙ s        ds = Σ_rows dy ⊙ x
 * The product is taken in float32: near 1, bfloat16 would round a scale to multiples of 1/128.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { precisionOf } from './raw-op.ts';

/** x[N, D], scale[D] float32 → [N, D] in the precision of x. */
export function scaleColumns(x: Tensor, scale: Tensor): Tensor {
  const { tf, fused } = engine();
  return fused ? (runFused(scaleKernel, { x, scale })[0] as Tensor) : tf.mul(x, scale);
}

function product(x: Tensor, scale: Tensor): Tensor {
  const wide = engine().tf.mul(castRaw(x, 'float32'), scale);
  return castRaw(wide, precisionOf(x));
}

const scaleKernel: FusedKernel<'x' | 'scale'> = {
  forward: ({ x, scale }) => [product(x, scale)],
  saveInputs: ['x', 'scale'],
  gradient: ([dy], [x, scale]) => ({
    x: () => product(dy as Tensor, scale as Tensor),
    scale: () => {
      const { tf } = engine();
      const wide = castRaw(dy as Tensor, 'float32');
      return tf.sum(tf.mul(wide, castRaw(x as Tensor, 'float32')), 0);
    },
  }),
};
