/**
 * y = x·Wᵀ with a weight in Hugging Face's [out, in] layout.
 *   dx = dy·W        dW = dyᵀ·x (only when W is trained)
 * A trained weight is a float32 variable, whose products may still be computed in bfloat16, or was
 * computed on the tape from variables; a kept tensor is frozen. A frozen weight in bfloat16 multiplies
 * rows in float32 as they are.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { byteLinear, inBytes } from './byte-products.ts';
import { cast, castRaw } from './cast.ts';
import { engine, type Precision } from './engine.ts';
import { type FusedKernel, type KernelAttributes, release, runFused } from './fused-kernel.ts';
import { precisionOf, rawOp1, storageType } from './raw-op.ts';

/**
 * Rows up to which our kernels beat TensorFlow's product of one precision, which repacks the weight: by
 * dot products, and in tile registers (two cores of a Xeon with AMX, all layers of a model of 135M parameters:
 * 16 ms in place of 41 up to 16 rows, 20 of 46 for 32, 49 of 53 for 128, 70 of 67 for 200).
 */
const SMALL_ROWS = 24;
const SMALL_ROWS_IN_TILES = 128;

/** Most rows that our kernels multiply where rows and weights are of one precision. */
export function smallRows(precision: Precision): number {
  return engine().tiles && precision === 'bfloat16' ? SMALL_ROWS_IN_TILES : SMALL_ROWS;
}

/**
 * x[N, in]·weight[out, in]ᵀ → [N, out]; accumulation is float32.
 * @param precision of the product and the output, default the weight's; x is cast to it, and so is a
 *   float32 weight
 */
export function linear(x: Tensor, weight: Tensor, precision = precisionOf(weight)): Tensor {
  const { fused, tf } = engine();
  if (!fused) return tf.matMul(x as Tensor2D, castRaw(weight, 'float32') as Tensor2D, false, true);
  const frozen = weight.kept && !(weight instanceof tf.Variable);
  const kernel = frozen ? frozenLinear : trainedLinear;
  const [y] = runFused(
    kernel,
    { x, weight },
    { low: precisionOf(x) === 'bfloat16', lowProduct: precision === 'bfloat16' },
  );
  return y as Tensor;
}

/** x[N, in]·weight[out, in]ᵀ → [N, out] float32: for few rows without rounding the result on the way. */
export function linearFloat32(x: Tensor, weight: Tensor, precision = precisionOf(weight)): Tensor {
  const { fused, tf } = engine();
  const rows = x.shape[0] as number;
  const recorded = tf.engine().state.gradientDepth > 0;
  if (
    !fused ||
    precision === 'float32' ||
    rows > smallRows(precisionOf(weight)) ||
    recorded ||
    weight instanceof tf.Variable
  ) {
    return cast(linear(x, weight, precision), 'float32');
  }
  const input = castRaw(x, precisionOf(weight));
  return rawOp1('QuaestorSmallLinearF32Out', { T: { type: storageType(weight) } }, [input, weight]);
}

/** a·b of 2-D tensors of one precision, off the tape, in TensorFlow's 2-D product. */
export function matMulRaw(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  return rawOp1(
    'MatMul',
    { transpose_a: transposeA, transpose_b: transposeB, T: { type: storageType(a) } },
    [a, b],
  );
}

/**
 * The product used by `linear`, off the tape, in the precision of x. A weight in bfloat16 goes with x in
 * either precision, one in float32 with x in float32. In bytes inside `withByteProducts`.
 */
export function linearRaw(x: Tensor, weight: Tensor): Tensor {
  const rows = x.shape[0] ?? 0;
  const precision = precisionOf(x);
  const rounded = precision === 'float32' && inBytes() ? byteLinear(x, weight) : null;
  if (rounded) return rounded;
  const alike = precision === precisionOf(weight);
  if (alike && rows > smallRows(precision)) return matMulRaw(x, weight, false, true);
  const name = precision === 'float32' ? 'QuaestorLinear' : 'QuaestorSmallLinear';
  return rawOp1(name, { T: { type: storageType(weight) } }, [x, weight]);
}

const precisionFrom = (low: number | boolean | undefined): Precision =>
  low ? 'bfloat16' : 'float32';

/** The gradient with respect to the input: dy·W, in the precision of x. */
function inputGradient(dy: Tensor, weight: Tensor, { low, lowProduct }: KernelAttributes): Tensor {
  const precision = precisionFrom(lowProduct);
  const dx = matMulRaw(castRaw(dy, precision), castRaw(weight, precision));
  return castRaw(dx, precisionFrom(low));
}

const forward = (
  { x, weight }: Record<'x' | 'weight', Tensor>,
  { lowProduct }: KernelAttributes,
): Tensor[] => {
  const factor = castRaw(x, precisionFrom(lowProduct));
  return [linearRaw(factor, lowProduct ? castRaw(weight, 'bfloat16') : weight)];
};

/** A frozen weight needs no input for its gradient, so the tape need not keep it. */
const frozenLinear: FusedKernel<'x' | 'weight'> = {
  forward,
  saveInputs: ['weight'],
  gradient: ([dy], [weight], attributes) => ({
    x: () => {
      const gradient = inputGradient(dy as Tensor, weight as Tensor, attributes);
      release(dy);
      return gradient;
    },
  }),
};

const trainedLinear: FusedKernel<'x' | 'weight'> = {
  forward,
  saveInputs: ['x', 'weight'],
  gradient: ([dy], [x, weight], attributes) => ({
    x: () => inputGradient(dy as Tensor, weight as Tensor, attributes),
    weight: () => {
      const precision = precisionFrom(attributes.lowProduct);
      const product = matMulRaw(
        castRaw(dy as Tensor, precision),
        castRaw(x as Tensor, precision),
        true,
      );
      const gradient = castRaw(product, 'float32');
      // The tape asks in the order of the inputs: x's gradient is there.
      release(dy, x);
      return gradient;
    },
  }),
};
