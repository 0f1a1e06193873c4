import type { Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';

/** A tensor cut into equal parts along an axis. Of one part, which is all of it, tfjs's split has no gradient. */
export function equalParts(x: Tensor, count: number, axis: number): readonly Tensor[] {
  return count === 1 ? [x] : engine().tf.split(x, count, axis);
}
