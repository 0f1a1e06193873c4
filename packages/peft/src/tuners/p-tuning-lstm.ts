/**
 * A bidirectional LSTM of several layers (Hochreiter & Schmidhuber 1997) with torch's parameters:
 *   [i | f | g | o] = W_ih·x_t + b_ih + W_hh·h_{t−1} + b_hh          4h entries
 *   c_t = σ(f) ⊙ c_{t−1} + σ(i) ⊙ tanh(g)        h_t = σ(o) ⊙ tanh(c_t)
 * Each layer reads [forward | backward] of the one before. All entries start from U(−1/√h, 1/√h).
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { equalParts } from '../tensors/equal-parts.ts';
import type { Random } from '../tensors/random.ts';
import { applyDense, type DenseLayer, denseLayer } from './dense-layer.ts';
import { uniform } from './random-variable.ts';
import type { NamedVariable } from './tuner.ts';

export interface BidirectionalLstm {
  /** `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, … `_reverse` */
  readonly variables: readonly NamedVariable[];
  /** x[T, in] → [T, 2h], differentiable. @param drop what is done between two layers */
  run(x: Tensor, drop: (states: Tensor) => Tensor): Tensor;
}

/** One direction of a layer: from its input and from its last state to the four gates. */
interface Direction {
  readonly suffix: string;
  readonly input: DenseLayer;
  readonly state: DenseLayer;
}

/** The caller disposes the variables. */
export function bidirectionalLstm(
  inputSize: number,
  hidden: number,
  layers: number,
  random: Random,
): BidirectionalLstm {
  const draw = uniform(random, 1 / Math.sqrt(hidden));
  const direction = (width: number, suffix: string): Direction => ({
    suffix,
    input: denseLayer(width, 4 * hidden, draw, draw),
    state: denseLayer(hidden, 4 * hidden, draw, draw),
  });
  const pairs = Array.from({ length: layers }, (_, layer) => {
    const width = layer === 0 ? inputSize : 2 * hidden;
    return [direction(width, `l${layer}`), direction(width, `l${layer}_reverse`)] as const;
  });
  return {
    variables: pairs.flat().flatMap(({ suffix, input, state }) => [
      { name: `weight_ih_${suffix}`, variable: input.weight },
      { name: `weight_hh_${suffix}`, variable: state.weight },
      { name: `bias_ih_${suffix}`, variable: input.bias },
      { name: `bias_hh_${suffix}`, variable: state.bias },
    ]),
    run: (x, drop) => {
      const { tf } = engine();
      return pairs.reduce((input: Tensor, [forward, backward], layer) => {
        const kept = layer > 0 ? drop(input) : input;
        const there = runDirection(kept, forward);
        const back = tf.reverse(runDirection(tf.reverse(kept, 0), backward), 0);
        return tf.concat([there, back], 1);
      }, x);
    },
  };
}

/** x[T, in] → h[T, hidden] from the first row to the last. */
function runDirection(x: Tensor, { input, state }: Direction): Tensor {
  const { tf } = engine();
  const hidden = state.weight.shape[1] as number;
  const fromInput = equalParts(applyDense(x, input, 'float32'), x.shape[0] as number, 0);
  let h: Tensor = tf.zeros([1, hidden]);
  let c: Tensor = tf.zeros([1, hidden]);
  const states = fromInput.map((gates) => {
    const all = tf.add(gates, applyDense(h, state, 'float32'));
    const [i, f, g, o] = tf.split(all, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    h = tf.mul(tf.sigmoid(o), tf.tanh(c));
    return h;
  });
  return tf.concat(states as Tensor2D[], 0);
}
