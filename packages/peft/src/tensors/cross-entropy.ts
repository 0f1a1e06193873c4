/** Σ_i −log softmax(logits_i)[label_i], with its gradient softmax − one-hot from the same pass. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { FLOAT32, INT32, rawOp } from './raw-op.ts';

/** @param logits [N, V] float32 @param labels [N] int32 @returns the summed loss, a scalar */
export function crossEntropySum(logits: Tensor, labels: Tensor): Tensor {
  const { tf, name } = engine();
  if (name !== 'wasm') return runFused(crossEntropyKernel, { logits, labels })[0] as Tensor;
  const picked = tf.mul(
    tf.logSoftmax(logits as Tensor2D),
    tf.oneHot(labels as never, logits.shape[1] as number),
  );
  return tf.neg(tf.sum(picked));
}

const crossEntropyKernel: FusedKernel<'logits' | 'labels'> = {
  forward: ({ logits, labels }) => {
    const [losses, gradient] = rawOp(
      'SparseSoftmaxCrossEntropyWithLogits',
      { T: { type: FLOAT32 }, Tlabels: { type: INT32 } },
      [logits, labels],
      2,
    );
    return [engine().tf.sum(losses as Tensor), gradient as Tensor];
  },
  saveInputs: [],
  saveOutputs: [false, true],
  gradient: ([dy], [gradient]) => ({
    logits: () => engine().tf.mul(gradient as Tensor, dy as Tensor),
  }),
};
