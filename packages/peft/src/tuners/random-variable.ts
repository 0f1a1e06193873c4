/** Trained tensors with drawn initial values. */
import type { Variable } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';

/** A float32 variable, its entries drawn in row-major order. The caller disposes it. */
export function randomVariable(shape: readonly number[], draw: () => number): Variable {
  const { tf } = engine();
  const size = shape.reduce((product, length) => product * length, 1);
  const values = new Float32Array(size);
  // Not `Float32Array.from`, which takes many times as long: adapters that are loaded are drawn first, too.
  for (let entry = 0; entry < size; entry++) values[entry] = draw();
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape], 'float32')));
}

/** Draws from U(−bound, bound). */
export function uniform(random: Random, bound: number): () => number {
  return () => (2 * random.next() - 1) * bound;
}

/** Draws from N(0, deviation²). */
export function normal(random: Random, deviation: number): () => number {
  return () => random.normal() * deviation;
}

/** Draws from N(0, deviation²) without what lies beyond two deviations. */
export function truncatedNormal(random: Random, deviation: number): () => number {
  return () => {
    let value = random.normal();
    while (Math.abs(value) > 2) value = random.normal();
    return value * deviation;
  };
}
