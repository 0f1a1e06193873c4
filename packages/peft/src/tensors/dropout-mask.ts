/**
 * Dropout from a seed (Srivastava et al. 2014): entries are 0 with probability p, else 1/(1 − p). The
 * same seed gives the same mask, so a gradient makes it anew and nothing is kept.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine, type Precision } from './engine.ts';
import { FLOAT32, INT32, rawOp1 } from './raw-op.ts';

/** Which mask: `rate` is p in (0, 1), `seed` a whole number below 2³¹. */
export interface DropoutDraw {
  readonly rate: number;
  readonly seed: number;
}

/** A mask [rows, columns] in the given precision, off the tape. */
export function dropoutMask(
  rows: number,
  columns: number,
  { rate, seed }: DropoutDraw,
  precision: Precision,
): Tensor {
  const { tf, name } = engine();
  const uniform =
    name === 'wasm'
      ? tf.randomUniform([rows, columns], 0, 1, 'float32', seed)
      : rawOp1(
          'StatelessRandomUniform',
          { dtype: { type: FLOAT32 }, T: { type: INT32 }, Tseed: { type: INT32 } },
          [tf.tensor1d([rows, columns], 'int32'), tf.tensor1d([seed, 0], 'int32')],
        );
  const kept = tf.mul(tf.cast(tf.greaterEqual(uniform, rate), 'float32'), 1 / (1 - rate));
  return castRaw(kept, precision);
}
