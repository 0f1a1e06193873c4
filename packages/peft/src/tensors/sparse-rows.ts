/** Blocks of whole rows of a tensor of either precision (entries of a vector); off the tape. */
import type { Tensor } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { INT32, precisionOf, rawOp1, storageType } from './raw-op.ts';

/** Rows start…start+rows−1, where `rows` is the length of the values. */
export interface RowBlock {
  readonly start: number;
  /** [rows, …] float32 */
  readonly values: Tensor;
}

/** A copy with other values in some rows, rounded to its precision. @param blocks in ascending order */
export function overwriteRows(weight: Tensor, blocks: readonly RowBlock[]): Tensor {
  const { tf } = engine();
  const precision = precisionOf(weight);
  return tf.tidy(() => {
    const pieces: Tensor[] = [];
    let next = 0;
    for (const { start, values } of blocks) {
      if (start > next) pieces.push(sliceRows(weight, next, start - next));
      pieces.push(castRaw(values, precision));
      next = start + (values.shape[0] as number);
    }
    const rows = weight.shape[0] as number;
    if (next < rows) pieces.push(sliceRows(weight, next, rows - next));
    // The only piece may be the variable itself; a clone shares its values.
    return pieces.length === 1 ? (pieces[0] as Tensor).clone() : concatRows(pieces);
  });
}

/** Rows start…start+count−1, in the precision of x; all of them share its values. */
export function sliceRows(x: Tensor, start: number, count: number): Tensor {
  const { tf, name } = engine();
  if (count === x.shape[0]) return x.clone();
  const begin = x.shape.map((_, axis) => (axis === 0 ? start : 0));
  const size = [count, ...x.shape.slice(1)];
  if (name === 'wasm') return tf.slice(x, begin, size);
  return tf.tidy(() =>
    rawOp1('Slice', { T: { type: storageType(x) }, Index: { type: INT32 } }, [
      x,
      tf.tensor1d(begin, 'int32'),
      tf.tensor1d(size, 'int32'),
    ]),
  );
}

function concatRows(pieces: readonly Tensor[]): Tensor {
  const { tf, name } = engine();
  if (name === 'wasm') return tf.concat([...pieces], 0);
  const attributes = {
    N: { int: pieces.length },
    T: { type: storageType(pieces[0] as Tensor) },
    Tidx: { type: INT32 },
  };
  return rawOp1('ConcatV2', attributes, [...pieces, tf.scalar(0, 'int32')]);
}
