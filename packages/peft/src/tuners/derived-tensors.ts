/** Tensors that an adapter computes for its `state()`: it owns them until it computes them anew. */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';

export class DerivedTensors {
  private tensors: Tensor[] = [];

  /** A tensor that lives until `clear`; intermediates are tidied. */
  keep(compute: () => Tensor): Tensor {
    const { tf } = engine();
    const tensor = tf.tidy(() => tf.keep(compute().clone()));
    this.tensors.push(tensor);
    return tensor;
  }

  clear(): void {
    for (const tensor of this.tensors) tensor.dispose();
    this.tensors = [];
  }
}
