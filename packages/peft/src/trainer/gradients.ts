/** Gradients of a whole step: accumulated over its passes, then clipped by their common norm. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { NamedVariable } from '../tuners/tuner.ts';

/** Loss and gradients of one pass. The caller disposes the gradients. */
export function passGradients(
  variables: readonly NamedVariable[],
  loss: () => Scalar,
): { loss: number; gradients: Map<string, Tensor> } {
  const { tf } = engine();
  const names = new Map(variables.map(({ name, variable }) => [variable.name, name]));
  const { value, grads } = tf.variableGrads(
    loss,
    variables.map(({ variable }) => variable),
  );
  const gradients = new Map<string, Tensor>();
  for (const [key, gradient] of Object.entries(grads)) {
    const name = names.get(key);
    if (name !== undefined && gradient) gradients.set(name, gradient);
  }
  const result = { loss: value.dataSync()[0] as number, gradients };
  value.dispose();
  return result;
}

/** sum ← sum + more; both are consumed. */
export function accumulate(
  sum: Map<string, Tensor> | null,
  more: Map<string, Tensor>,
): Map<string, Tensor> {
  if (!sum) return more;
  const { tf } = engine();
  for (const [name, gradient] of more) {
    const old = sum.get(name);
    sum.set(name, old ? tf.add(old, gradient) : gradient);
    if (old) {
      old.dispose();
      gradient.dispose();
    }
  }
  return sum;
}

/** Scales all gradients so that their common norm is at most `limit`; returns the norm before. */
export function clipGradients(gradients: Map<string, Tensor>, limit: number | null): number {
  const { tf } = engine();
  const norm = tf.tidy(() => {
    const squares = [...gradients.values()].map((gradient) => tf.sum(tf.square(gradient)));
    return Math.sqrt(tf.addN(squares).dataSync()[0] as number);
  });
  if (limit !== null && norm > limit) {
    const factor = limit / (norm + 1e-6);
    for (const [name, gradient] of gradients) {
      gradients.set(name, tf.mul(gradient, factor));
      gradient.dispose();
    }
  }
  return norm;
}
