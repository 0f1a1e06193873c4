/** Computes outside of tfjs's tape, wherever it is called from: for constants of a pass. */
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';

interface TapeEngine {
  runKernelFunc(node: {
    forwardFunc: () => Tensor[];
    backwardsFunc: () => Record<string, () => Tensor>;
    inputs: NamedTensorMap;
  }): Tensor[];
}

/**
 * Runs a computation whose results have no gradient; intermediates are tidied.
 * @returns what it returns, as tensors of the current tidy scope
 */
export function offTape(compute: () => Tensor[]): Tensor[] {
  // A node without inputs: nothing inside it is recorded, and no gradient flows through it.
  return (engine().tf.engine() as unknown as TapeEngine).runKernelFunc({
    inputs: {},
    forwardFunc: compute,
    backwardsFunc: () => ({}),
  });
}
