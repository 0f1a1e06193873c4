/** y = x + b with one b for every row, in the precision of x; db = Σ_rows dy. */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { precisionOf, rawOp1, storageType } from './raw-op.ts';

/** x[N, D] + bias[D]; the bias is float32 and rounded to the precision of x. */
export function addBias(x: Tensor, bias: Tensor): Tensor {
  const { tf, fused } = engine();
  if (!fused) return tf.add(x, bias);
  return runFused(biasKernel, { x, bias })[0] as Tensor;
}

const biasKernel: FusedKernel<'x' | 'bias'> = {
  forward: ({ x, bias }) => [
    rawOp1('BiasAdd', { T: { type: storageType(x) } }, [x, castRaw(bias, precisionOf(x))]),
  ],
  saveInputs: [],
  gradient: ([dy]) => ({
    x: () => (dy as Tensor).clone(),
    bias: () => engine().tf.sum(castRaw(dy as Tensor, 'float32'), 0),
  }),
};
