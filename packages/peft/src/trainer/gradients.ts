/** Gradients of a whole step: accumulated over its passes, then clipped by their common norm. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { FLOAT32, rawOp, rawOp1, storageType } from '../tensors/raw-op.ts';
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
  sum: Map<string, Tensor>,
  more: Map<string, Tensor>,
): Map<string, Tensor> {
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
  if (gradients.size === 0) return 0;
  const norm = Math.sqrt(sumOfSquares([...gradients.values()]));
  if (limit === null || norm <= limit) return norm;
  const scaled = scaleAll([...gradients.values()], limit / (norm + 1e-6));
  for (const [i, [name, gradient]] of [...gradients].entries()) {
    gradients.set(name, scaled[i] as Tensor);
    gradient.dispose();
  }
  return norm;
}

/** Over all entries of all tensors. */
function sumOfSquares(tensors: readonly Tensor[]): number {
  const { tf } = engine();
  const sum = tf.tidy(() => {
    if (oneOp(tensors)) return rawOp1('QuaestorSquaredNorm', listOf(tensors), tensors);
    return tf.addN(tensors.map((tensor) => tf.sum(tf.square(tensor))));
  });
  const value = sum.dataSync()[0] as number;
  sum.dispose();
  return value;
}

function scaleAll(tensors: readonly Tensor[], factor: number): Tensor[] {
  const { tf } = engine();
  if (!oneOp(tensors)) return tensors.map((tensor) => tf.mul(tensor, factor));
  const scale = tf.scalar(factor, 'float32');
  const scaled = rawOp('QuaestorScaleAll', listOf(tensors), [...tensors, scale], tensors.length);
  scale.dispose();
  return scaled;
}

/** Whether the compiled kernels may take the list as it is. */
const oneOp = (tensors: readonly Tensor[]): boolean =>
  engine().fused && tensors.every((tensor) => storageType(tensor) === FLOAT32);

const listOf = (tensors: readonly Tensor[]) => ({
  T: { type: FLOAT32 },
  N: { int: tensors.length },
});
