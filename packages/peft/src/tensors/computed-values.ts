import type { Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';

/**
 * The values of a float32 tensor that is computed for them alone, in an array that may be written to.
 * They are read outside the tidy: tfjs searches all that a tidy returns for tensors, every number too.
 */
export function computedValues(compute: () => Tensor): Float32Array {
  const computed = engine().tf.tidy(() => compute().clone());
  const values = Float32Array.from(computed.dataSync());
  computed.dispose();
  return values;
}
