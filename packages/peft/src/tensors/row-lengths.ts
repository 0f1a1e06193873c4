/**
 * Lengths of the rows of V = W + L·A without making V (Liu et al. 2024, DoRA, eq. 5):
 *   ‖V‖² = ‖W‖² + 2·Σ_cols (W·Aᵀ) ⊙ L + Σ_cols (L·(A·Aᵀ)) ⊙ L
 * W[out, in] in either precision, L[out, r] and A[r, in] float32. Constants: no gradient.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { linearRaw } from './linear.ts';
import { precisionOf } from './raw-op.ts';

/** ‖W‖² of each row, [out] float32. */
export function rowSquares(weight: Tensor): Tensor {
  const { tf } = engine();
  return tf.tidy(() => tf.sum(tf.square(castRaw(weight, 'float32')), 1));
}

/** ‖V‖ of each row, [out] float32. @param squares of the rows of W, as `rowSquares` gives them */
export function rowLengths(weight: Tensor, squares: Tensor, a: Tensor, low: Tensor): Tensor {
  const { tf } = engine();
  return tf.tidy(() => {
    const crossed =
      precisionOf(weight) === 'float32'
        ? tf.matMul(weight as Tensor2D, a as Tensor2D, false, true)
        : tf.transpose(linearRaw(a, weight));
    const gram = tf.matMul(a as Tensor2D, a as Tensor2D, false, true);
    const inner = tf.add(tf.mul(crossed, 2), tf.matMul(low as Tensor2D, gram as Tensor2D));
    // Rounding may put a row that cancels out below zero.
    return tf.sqrt(tf.relu(tf.add(squares, tf.sum(tf.mul(inner, low), 1))));
  });
}

/** Lengths to divide by: a row of zeros counts as 1, and stays a row of zeros. */
export function divisors(lengths: Tensor): Tensor {
  const { tf } = engine();
  return tf.tidy(() => tf.add(lengths, tf.cast(tf.equal(lengths, 0), 'float32')));
}
