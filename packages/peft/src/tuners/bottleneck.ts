/**
 * The bottleneck of adapters (Houlsby et al. 2019, eq. 1; chapter eq. 4.1), without its residual:
 *   f(x) = s·(W_u·σ(W_d·x + b_d) + b_u),   W_d[r, D], W_u[D, r]: 2Dr + D + r parameters
 */
import type { Tensor } from '@tensorflow/tfjs';
import { addBias } from '../tensors/bias.ts';
import { cast } from '../tensors/cast.ts';
import { engine, type Precision } from '../tensors/engine.ts';
import { linear } from '../tensors/linear.ts';
import type { Random } from '../tensors/random.ts';
import { applyDense, type DenseLayer, denseLayer } from './dense-layer.ts';
import { normal, truncatedNormal, uniform } from './random-variable.ts';

export const NON_LINEARITIES = ['relu', 'gelu', 'swish', 'tanh', 'sigmoid'] as const;
export const INITIAL_WEIGHTS = ['houlsby', 'bert', 'mam_adapter'] as const;

export interface Bottleneck {
  readonly down: DenseLayer;
  readonly up: DenseLayer;
}

/** What σ and s are. */
export interface BottleneckForm {
  readonly non_linearity: (typeof NON_LINEARITIES)[number];
  readonly scaling: number;
}

/** x[N, D] → f(x)[N, D], both float32. @param precision of the products */
export function bottleneck(
  x: Tensor,
  { down, up }: Bottleneck,
  form: BottleneckForm,
  precision: Precision = 'float32',
): Tensor {
  const { tf } = engine();
  const hidden = activate(cast(applyDense(x, down, precision), 'float32'), form.non_linearity);
  const scaled = (tensor: Tensor): Tensor =>
    form.scaling === 1 ? tensor : tf.mul(tensor, form.scaling);
  const product = cast(linear(scaled(hidden), up.weight, precision), 'float32');
  return addBias(product, scaled(up.bias));
}

function activate(x: Tensor, name: BottleneckForm['non_linearity']): Tensor {
  const { tf } = engine();
  switch (name) {
    case 'relu':
      return tf.relu(x);
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'swish':
      return tf.mul(x, tf.sigmoid(x));
    case 'tanh':
      return tf.tanh(x);
    case 'sigmoid':
      return tf.sigmoid(x);
  }
}

/**
 * A new bottleneck; biases are zero.
 * - houlsby: both weights N(0, 0.001²) cut at two deviations, nearly nothing is added at first
 * - bert: both weights N(0, 0.02²)
 * - mam_adapter: W_d from U(−1/√D, 1/√D), W_u zero, so that nothing is added at first
 */
export function newBottleneck(
  width: number,
  size: number,
  initial: (typeof INITIAL_WEIGHTS)[number],
  random: Random,
): Bottleneck {
  const draws = {
    houlsby: [truncatedNormal(random, 1e-3), truncatedNormal(random, 1e-3)],
    bert: [normal(random, 0.02), normal(random, 0.02)],
    mam_adapter: [uniform(random, 1 / Math.sqrt(width)), () => 0],
  } as const;
  const [down, up] = draws[initial];
  return { down: denseLayer(width, size, down), up: denseLayer(size, width, up) };
}
