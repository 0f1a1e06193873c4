import type { Engine } from '@quaestor/peft';

/** Width of the square product that is timed. */
const SIZE = 768;
/** Milliseconds to go on for. */
const LONG_ENOUGH = 500;

/** GFLOP/s in float32, in bfloat16, of rows in float32 with weights in bfloat16, and of those in bytes; null: not measured. */
export interface MatmulSpeed {
  readonly float32: number;
  readonly bfloat16: number | null;
  readonly mixed: number | null;
  readonly bytes: number | null;
}

/**
 * GFLOP/s of a matrix product: the engine's own probe of all forms where it made one, else
 * float32 timed here, best of half a second.
 */
export function matmulSpeed({ tf, speed }: Engine): MatmulSpeed {
  if (speed !== null) return { ...speed, bytes: speed.bytes || null };
  const [left, right] = [tf.ones([SIZE, SIZE]), tf.ones([SIZE, SIZE])];
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + LONG_ENOUGH;
  do {
    const started = performance.now();
    const product = tf.matMul(left, right);
    product.dataSync();
    best = Math.min(best, performance.now() - started);
    product.dispose();
  } while (performance.now() < end);
  tf.dispose([left, right]);
  return { float32: (2 * SIZE ** 3) / best / 1e6, bfloat16: null, mixed: null, bytes: null };
}
