/**
 * Focal loss (Lin et al., 2017): −α·(1 − p)^γ·log p with p the probability of the right answer, so that
 * the many easy negatives weigh little; α for positives, 1 − α for negatives. FinSQL takes α = 0.75, γ = 2.
 */
import { engine, type Scalar, type Tensor } from '@quaestor/peft';

const ALPHA = 0.75;
const GAMMA = 2;

/**
 * Σ weight · loss, a scalar.
 * @param logits z[N]
 * @param labels 0 or 1, N of them
 * @param weights N of them
 */
export function focalLoss(
  logits: Tensor,
  labels: readonly number[],
  weights: readonly number[],
): Scalar {
  const { tf } = engine();
  const sign = tf.tensor1d(labels.map((label) => (label === 1 ? 1 : -1)));
  const scale = tf.tensor1d(
    labels.map((label, at) => (label === 1 ? ALPHA : 1 - ALPHA) * (weights[at] ?? 0)),
  );
  const margin = tf.mul(logits, sign);
  const wrong = tf.sigmoid(tf.neg(margin));
  const surprise = tf.softplus(tf.neg(margin));
  return tf.sum(tf.mul(scale, tf.mul(tf.pow(wrong, GAMMA), surprise)));
}
