/** The arithmetic of one AdamW update on one parameter: one fused op, or the same from tfjs ops. */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { rawOp, storageType } from '../tensors/raw-op.ts';

/** The scalars of an update, the same for every parameter of a group. */
export interface UpdateScalars {
  /** η / (1 − β₁ᵗ) */
  readonly rate: number;
  /** 1 − η·λ */
  readonly keep: number;
  readonly beta1: number;
  readonly beta2: number;
  /** 1 / (1 − β₂ᵗ) */
  readonly correction: number;
  readonly epsilon: number;
}

/** @returns the new parameter and moments, tensors of the current tidy scope */
export function adamwUpdate(
  parameter: Tensor,
  gradient: Tensor,
  first: Tensor,
  second: Tensor,
  scalars: UpdateScalars,
): { parameter: Tensor; first: Tensor; second: Tensor } {
  const { tf, fused } = engine();
  const { rate, keep, beta1, beta2, correction, epsilon } = scalars;
  if (fused) {
    const width = parameter.shape.at(-1) ?? 1;
    const matrix = (tensor: Tensor): Tensor =>
      tensor.rank === 2 ? tensor : tf.reshape(tensor, [-1, width]);
    const settings = tf.tensor1d([rate, keep, beta1, beta2, correction, epsilon]);
    const inputs = [parameter, gradient, first, second].map(matrix);
    const outputs = rawOp(
      'QuaestorAdamW',
      { T: { type: storageType(gradient) } },
      [...inputs, settings],
      3,
    );
    const [p, m, v] = outputs.map((tensor) =>
      parameter.rank === 2 ? tensor : tf.reshape(tensor, parameter.shape),
    ) as [Tensor, Tensor, Tensor];
    return { parameter: p, first: m, second: v };
  }
  const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const denominator = tf.add(tf.sqrt(tf.mul(v, correction)), epsilon);
  const update = tf.div(tf.mul(m, rate), denominator);
  return { parameter: tf.sub(tf.mul(parameter, keep), update), first: m, second: v };
}
