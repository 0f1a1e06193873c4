/** The arithmetic of one AdamW update on many parameters: one fused op, or the same from tfjs ops. */
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

/** One parameter before its update; all four tensors are of one shape. */
export interface ParameterUpdate {
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
  readonly scalars: UpdateScalars;
}

export type UpdatedParameter = Pick<ParameterUpdate, 'parameter' | 'first' | 'second'>;

/** @returns the new parameters and moments in the order given, tensors of the current tidy scope */
export function adamwUpdates(updates: readonly ParameterUpdate[]): UpdatedParameter[] {
  if (!engine().fused) return updates.map(composed);
  // The op takes gradients of one type at a time.
  const byType = new Map<number, number[]>();
  for (const [i, { gradient }] of updates.entries()) {
    const type = storageType(gradient);
    byType.set(type, [...(byType.get(type) ?? []), i]);
  }
  const updated: UpdatedParameter[] = [];
  for (const [type, places] of byType) {
    const results = fused(
      places.map((i) => updates[i] as ParameterUpdate),
      type,
    );
    for (const [n, i] of places.entries()) updated[i] = results[n] as UpdatedParameter;
  }
  return updated;
}

function fused(updates: readonly ParameterUpdate[], type: number): UpdatedParameter[] {
  const { tf } = engine();
  const count = updates.length;
  const settings = updates.map(({ scalars }) => {
    const { rate, keep, beta1, beta2, correction, epsilon } = scalars;
    return [rate, keep, beta1, beta2, correction, epsilon];
  });
  const inputs = (['parameter', 'gradient', 'first', 'second'] as const).flatMap((name) =>
    updates.map((update) => update[name]),
  );
  const outputs = rawOp(
    'QuaestorAdamW',
    { T: { type }, N: { int: count } },
    [...inputs, tf.tensor2d(settings, [count, 6], 'float32')],
    3 * count,
  );
  return updates.map((_, i) => ({
    parameter: outputs[i] as Tensor,
    first: outputs[count + i] as Tensor,
    second: outputs[2 * count + i] as Tensor,
  }));
}

function composed({ parameter, gradient, first, second, scalars }: ParameterUpdate) {
  const { tf } = engine();
  const { rate, keep, beta1, beta2, correction, epsilon } = scalars;
  const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const denominator = tf.add(tf.sqrt(tf.mul(v, correction)), epsilon);
  const update = tf.div(tf.mul(m, rate), denominator);
  return { parameter: tf.sub(tf.mul(parameter, keep), update), first: m, second: v };
}
