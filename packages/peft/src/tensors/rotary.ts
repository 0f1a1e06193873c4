/**
 * Rotary positions (RoFormer, Su et al. 2021), rotate-half form:
 *   rot(x) = x ⊙ cos + [−x₂ | x₁] ⊙ sin,  x = [x₁ | x₂]
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';

/** cos and sin of position·theta^(−2j/d): [positions, head_dim/2] each. */
export interface RotaryTable {
  readonly cos: Tensor;
  readonly sin: Tensor;
}

/** Rotation angles for positions 0…length−1. The caller disposes the table. */
export function rotaryTable(length: number, headDim: number, theta: number): RotaryTable {
  const { tf } = engine();
  const half = headDim / 2;
  const cos = new Float32Array(length * half);
  const sin = new Float32Array(length * half);
  for (let position = 0; position < length; position++) {
    for (let j = 0; j < half; j++) {
      const angle = position * theta ** (-j / half);
      cos[position * half + j] = Math.cos(angle);
      sin[position * half + j] = Math.sin(angle);
    }
  }
  return { cos: tf.tensor2d(cos, [length, half]), sin: tf.tensor2d(sin, [length, half]) };
}

/** x[N, heads, d] at positions[N] → the same, rotated; from tfjs ops. */
export function rotateRows(x: Tensor, positions: Tensor, { cos, sin }: RotaryTable): Tensor {
  const { tf } = engine();
  const [rows, , headDim] = x.shape as [number, number, number];
  const angle = (table: Tensor): Tensor => {
    const half = tf.gather(table, positions.toInt());
    return tf.reshape(tf.concat([half, half], 1), [rows, 1, headDim]);
  };
  const [left, right] = tf.split(x, 2, 2) as [Tensor, Tensor];
  const turned = tf.concat([tf.neg(right), left], 2);
  return tf.add(tf.mul(x, angle(cos)), tf.mul(turned, angle(sin)));
}
