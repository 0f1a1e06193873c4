/**
 * Residual sum and RMSNorm in one pass (Zhang & Sennrich 2019):
 *   s = x + delta        y = w ⊙ s / √(mean(s²) + ε)
 * The residual stream s stays float32; y is stored in the block's precision.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine, type Precision } from './engine.ts';
import { type FusedKernel, release, runFused } from './fused-kernel.ts';
import { BFLOAT16, FLOAT32, precisionOf, rawOp, storageType } from './raw-op.ts';

/**
 * @param x [N, D] float32
 * @param delta [N, D] what the last sub-layer adds to the stream, or null
 * @param weight [D] float32
 * @returns sum = x + delta [N, D] float32 and normed [N, D] in `precision`
 */
export function addRmsNorm(
  x: Tensor,
  delta: Tensor | null,
  weight: Tensor,
  epsilon: number,
  precision: Precision,
): { sum: Tensor; normed: Tensor } {
  const { tf, fused } = engine();
  if (!fused) {
    const sum = delta ? tf.add(x, delta) : x;
    const rstd = tf.rsqrt(tf.add(tf.mean(tf.square(sum), -1, true), epsilon));
    return { sum, normed: tf.mul(tf.mul(sum, rstd), weight) };
  }
  if (!delta) {
    const [normed] = runFused(
      rmsNormKernel,
      { x, weight },
      { epsilon, low: precision === 'bfloat16' },
    );
    return { sum: x, normed: normed as Tensor };
  }
  const low = precisionOf(delta) === 'bfloat16';
  const [sum, normed] = runFused(addRmsNormKernel, { x, delta, weight }, { epsilon, low });
  return { sum: sum as Tensor, normed: normed as Tensor };
}

function forward(
  x: Tensor,
  delta: Tensor,
  weight: Tensor,
  epsilon: number,
  type: number,
): Tensor[] {
  return rawOp(
    'QuaestorAddRmsNorm',
    { T: { type }, epsilon: { float: epsilon } },
    [x, delta, weight],
    3,
  );
}

/** [dx float32, dx in dnormed's precision]; dsum may be empty. */
function backward(
  dnormed: Tensor,
  sum: Tensor,
  weight: Tensor,
  rstd: Tensor,
  dsum: Tensor,
): Tensor[] {
  return rawOp(
    'QuaestorRmsNormGrad',
    { T: { type: storageType(dnormed) } },
    [dnormed, sum, weight, rstd, dsum],
    2,
  );
}

/** dw = Σ_rows dy ⊙ s·rstd */
function weightGradient(dnormed: Tensor, sum: Tensor, rstd: Tensor): Tensor {
  const { tf } = engine();
  return tf.tidy(() => {
    const dy = castRaw(dnormed, 'float32');
    return tf.sum(tf.mul(dy, tf.mul(sum, tf.expandDims(rstd, 1))), 0);
  });
}

function empty(): Tensor {
  return engine().tf.zeros([0]);
}

const rmsNormKernel: FusedKernel<'x' | 'weight'> = {
  forward: ({ x, weight }, { epsilon, low }) => {
    const type = low ? BFLOAT16 : FLOAT32;
    const none = castRaw(empty(), low ? 'bfloat16' : 'float32');
    const [, normed, rstd] = forward(x, none, weight, epsilon as number, type);
    return [normed as Tensor, rstd as Tensor];
  },
  saveInputs: ['x', 'weight'],
  saveOutputs: [false, true],
  gradient: ([dnormed], [x, weight, rstd]) => ({
    x: () =>
      backward(
        dnormed as Tensor,
        x as Tensor,
        weight as Tensor,
        rstd as Tensor,
        empty(),
      )[0] as Tensor,
    weight: () => weightGradient(dnormed as Tensor, x as Tensor, rstd as Tensor),
  }),
};

const addRmsNormKernel: FusedKernel<'x' | 'delta' | 'weight'> = {
  returned: 2,
  forward: ({ x, delta, weight }, { epsilon, low }) =>
    forward(x, delta, weight, epsilon as number, low ? BFLOAT16 : FLOAT32),
  saveInputs: ['weight'],
  saveOutputs: [true, false, true],
  // x and delta have the same gradient, one in each precision: one pass makes both.
  gradient: ([dsum, dnormed], [weight, sum, rstd]) => {
    const [dx, ddelta] = backward(
      dnormed as Tensor,
      sum as Tensor,
      weight as Tensor,
      rstd as Tensor,
      dsum as Tensor,
    );
    release(dsum);
    return {
      x: () => (dx as Tensor).clone(),
      delta: () => (ddelta as Tensor).clone(),
      weight: () => weightGradient(dnormed as Tensor, sum as Tensor, rstd as Tensor),
    };
  },
};
