/**
 * One tensor for two readers. tfjs sums the gradients of a tensor's readers itself, but it knows no
 * bfloat16; here they are summed in their own precision.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { BFLOAT16, precisionOf, rawOp1 } from './raw-op.ts';

/** x twice; each reader takes its own. */
export function fork(x: Tensor): readonly [Tensor, Tensor] {
  if (precisionOf(x) === 'float32' || engine().tf.engine().state.gradientDepth === 0) return [x, x];
  return runFused(forkKernel, { x }) as [Tensor, Tensor];
}

const forkKernel: FusedKernel<'x'> = {
  returned: 2,
  forward: ({ x }) => [x.clone(), x.clone()],
  saveInputs: [],
  gradient: (dys) => ({
    x: () => {
      // A reader that was not differentiated leaves float32 zeros.
      const parts = dys.map((dy) => castRaw(dy, 'bfloat16'));
      return rawOp1('AddV2', { T: { type: BFLOAT16 } }, parts);
    },
  }),
};
