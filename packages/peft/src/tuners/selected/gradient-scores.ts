/**
 * Sums over passes of a function of every weight's gradient: Fisher information (squares), or the
 * gradient itself. The gradient of one stored tensor at a time exists, then only its sum.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { BaseTensor } from '../../model/base-tensors.ts';
import { engine } from '../../tensors/engine.ts';
import { type FusedKernel, release, runFused } from '../../tensors/fused-kernel.ts';
import { byTensor, type NamedParameter } from './base-parameters.ts';
import type { Scores } from './selection.ts';

/**
 * Σ over the passes of term(∇loss), for each parameter.
 * @param passes losses, each computed in a recorded pass of its own
 */
export async function sumOverGradients(
  parameters: readonly NamedParameter[],
  passes: readonly (() => Scalar)[],
  term: (gradient: Tensor) => Tensor,
): Promise<Scores> {
  const { tf } = engine();
  const groups = byTensor(parameters);
  const sums = new Map<BaseTensor, Tensor>();
  const add = (tensor: BaseTensor, gradient: Tensor): void => {
    const old = sums.get(tensor);
    const sum = tf.tidy(() => (old ? tf.add(old, term(gradient)) : term(gradient).clone()));
    sums.set(tensor, tf.keep(sum));
    old?.dispose();
  };
  try {
    for (const loss of passes) {
      observeGradients([...groups.keys()], loss, add);
      // A pass takes seconds on a large model: timers and requests come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return new Map([...groups].flatMap(([tensor, group]) => takeOut(sums, tensor, group)));
  } finally {
    tf.dispose([...sums.values()]);
  }
}

/** The sum of a stored tensor out of the engine, where it is freed at once, by parameter. */
function takeOut(
  sums: Map<BaseTensor, Tensor>,
  tensor: BaseTensor,
  group: readonly NamedParameter[],
): (readonly [string, Float32Array])[] {
  const sum = sums.get(tensor);
  const values = sum?.dataSync() as Float32Array | undefined;
  sum?.dispose();
  sums.delete(tensor);
  return group.map(({ name, offset, size }) => [
    name,
    values?.subarray(offset, offset + size) ?? new Float32Array(size),
  ]);
}

export const squared = (gradient: Tensor): Tensor => engine().tf.square(gradient);
export const signed = (gradient: Tensor): Tensor => gradient;

/** Runs a loss and shows the gradient of each tensor, float32, while it exists. */
function observeGradients(
  tensors: readonly BaseTensor[],
  loss: () => Scalar,
  see: (tensor: BaseTensor, gradient: Tensor) => void,
): void {
  const { tf } = engine();
  // Nothing is trained here: the tape only needs a variable that everything observed depends on.
  const anchor = tf.tidy(() => tf.variable(tf.scalar(0)));
  const undo = tensors.map((tensor) => {
    let observed: Tensor | null = null;
    const kernel = (stored: Tensor): FusedKernel<'anchor'> => ({
      forward: () => [stored.clone()],
      saveInputs: [],
      gradient: ([dy]) => ({
        anchor: () => {
          see(tensor, dy as Tensor);
          release(dy);
          return tf.scalar(0);
        },
      }),
    });
    return tensor.intercept((stored) => {
      if (tf.engine().state.gradientDepth === 0) return stored();
      // One node for all readers of a pass (a tied head): the gradient arrives as a whole.
      if (observed?.isDisposed) throw new Error('an observed weight was read in two scopes');
      observed ??= runFused(kernel(stored()), { anchor })[0] as Tensor;
      return observed;
    });
  });
  try {
    const { value, grads } = tf.variableGrads(loss, [anchor]);
    tf.dispose([value, ...Object.values(grads)]);
  } finally {
    for (const restore of undo.reverse()) restore();
    anchor.dispose();
  }
}
