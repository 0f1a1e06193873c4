/** Single entries of a tensor of either precision, by flat row-major index; off the tape. */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { gatherRaw } from './gather-rows.ts';
import { INT32, precisionOf, rawOp1, storageType } from './raw-op.ts';

/** @param indices [k] int32 @returns [k] float32 */
export function gatherEntries(weight: Tensor, indices: Tensor): Tensor {
  const { tf, name } = engine();
  return tf.tidy(() => {
    const flat = reshapeRaw(weight, [-1]);
    return name === 'wasm'
      ? tf.gather(flat, indices as never)
      : castRaw(gatherRaw(flat, indices), 'float32');
  });
}

/**
 * A copy with other values at some entries; all the others keep their bits.
 * @param indices [k] int32, none twice @param values [k] float32, rounded to the weight's precision
 */
export function overwriteEntries(weight: Tensor, indices: Tensor, values: Tensor): Tensor {
  const { tf, name } = engine();
  return tf.tidy(() => {
    const flat = reshapeRaw(weight, [-1]);
    const places = tf.reshape(indices, [-1, 1]);
    if (name === 'wasm') {
      return tf.reshape(tf.tensorScatterUpdate(flat, places, values), weight.shape);
    }
    const attributes = { T: { type: storageType(weight) }, Tindices: { type: INT32 } };
    const low = castRaw(values, precisionOf(weight));
    return reshapeRaw(rawOp1('TensorScatterUpdate', attributes, [flat, places, low]), weight.shape);
  });
}

function reshapeRaw(x: Tensor, shape: readonly number[]): Tensor {
  const { tf, name } = engine();
  if (name === 'wasm') return tf.reshape(x, [...shape]);
  const attributes = { T: { type: storageType(x) }, Tshape: { type: INT32 } };
  return rawOp1('Reshape', attributes, [x, tf.tensor1d([...shape], 'int32')]);
}
