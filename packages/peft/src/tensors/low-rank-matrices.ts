/**
 * The two matrices of a frozen product with low-rank corrections, made anew only when a factor changes:
 *   A = [A₁; A₂; …]        [W | L] with sᵢ·Bᵢ on the diagonal of L's blocks
 * Where a part has a magnitude m (DoRA), its rows of [W | L] are scaled by m / ‖W + L·A‖.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine, type Precision } from './engine.ts';
import { offTape } from './off-tape.ts';
import { INT32, precisionOf, rawOp, rawOp1, storageType } from './raw-op.ts';
import { divisors, rowLengths, rowSquares } from './row-lengths.ts';

/** One correction: to output rows start…start+size−1 of the weight. */
export interface LowRankPart {
  /** [r, in] float32 */
  readonly a: Tensor;
  /** [size, r] float32 */
  readonly b: Tensor;
  readonly scale: number;
  readonly start: number;
  /** [size] float32: the length that each corrected row is given (DoRA). */
  readonly magnitude?: Tensor;
}

export interface LowRankMatrices {
  /** A[R, in] in the precision of the product. */
  readonly stacked: Tensor;
  /** [W | L][out, in + R] as the weight is stored, its rows scaled. */
  readonly augmented: Tensor;
  /** Those scales [out] float32, 1 for rows without a magnitude; null when no part has one. */
  readonly rowFactors: Tensor | null;
  /** (start, size, r, scale) of each part [parts, 4] float32, for the kernels. */
  readonly layout: Tensor;
  dispose(): void;
}

/**
 * Builds the matrices, off the tape. The caller disposes them.
 * @param options.squares of the weight's rows, where they are known already
 * @param options.precision of the product, default the weight's
 */
export function lowRankMatrices(
  weight: Tensor,
  parts: readonly LowRankPart[],
  options: { readonly squares?: Tensor | null; readonly precision?: Precision } = {},
): LowRankMatrices {
  const { tf } = engine();
  const storage = precisionOf(weight);
  const { squares, precision = storage } = options;
  const output = weight.shape[0] as number;
  const decomposed = parts.some(({ magnitude }) => magnitude);
  const tensors = offTape(() => {
    const rows = parts.map(({ b, scale, start }) => [start, ...b.shape, scale]);
    const layout = tf.tensor2d(rows, [parts.length, 4], 'float32');
    const [packed, joined] = pack(weight, parts, layout);
    const stacked = precision === storage ? packed : castRaw(stackFactors(parts), precision);
    if (!decomposed) return [layout, stacked, joined];
    const low = diagonalFactors(parts, output);
    const lengths = rowLengths(weight, squares ?? rowSquares(weight), stackFactors(parts), low);
    const factors = rowFactors(parts, divisors(lengths));
    const scaled = tf.mul(castRaw(joined, 'float32'), tf.expandDims(factors, 1));
    return [layout, stacked, castRaw(scaled, storage), factors];
  }).map((tensor) => tf.keep(tensor));
  const [layout, stacked, augmented, factors] = tensors as [Tensor, Tensor, Tensor, Tensor?];
  return {
    stacked,
    augmented,
    layout,
    rowFactors: factors ?? null,
    dispose: () => {
      for (const tensor of tensors) tensor.dispose();
    },
  };
}

/** [A₁; A₂; …] and [W | L]. */
function pack(
  weight: Tensor,
  parts: readonly LowRankPart[],
  layout: Tensor,
): readonly [Tensor, Tensor] {
  const inputs = [weight, ...parts.map(({ a }) => a), ...parts.map(({ b }) => b), layout];
  const attributes = { T: { type: storageType(weight) }, N: { int: parts.length } };
  return rawOp('QuaestorLowRankPack', attributes, inputs, 2) as [Tensor, Tensor];
}

/** A of all parts, one below the other: [R, in]. */
export function stackFactors(parts: readonly LowRankPart[]): Tensor {
  return engine().tf.concat(
    parts.map(({ a }) => a as Tensor2D),
    0,
  );
}

/** sᵢ·Bᵢ of all parts on the diagonal of blocks: L[out, R]. */
export function diagonalFactors(parts: readonly LowRankPart[], output: number): Tensor {
  const { tf } = engine();
  const rank = parts.reduce((sum, { b }) => sum + (b.shape[1] as number), 0);
  let column = 0;
  const blocks = parts.map(({ b, scale, start }) => {
    const [size, r] = b.shape as [number, number];
    column += r;
    return tf.pad(tf.mul(b, scale) as Tensor2D, [
      [start, output - start - size],
      [column - r, rank - column],
    ]);
  });
  return tf.addN(blocks);
}

/** W + L·A, summed in float32, in the precision of W[out, in]; off the tape. */
export function mergedMatrix(weight: Tensor, low: Tensor, stacked: Tensor): Tensor {
  const { tf, fused } = engine();
  if (fused) {
    const attributes = { T: { type: storageType(weight) } };
    return rawOp1('QuaestorLowRankMerge', attributes, [weight, low, stacked]);
  }
  const delta = tf.matMul(low as Tensor2D, stacked as Tensor2D);
  return castRaw(tf.add(castRaw(weight, 'float32'), delta), precisionOf(weight));
}

/**
 * m / length for the rows of a magnitude, 1 for the others: [out]; on the tape for the magnitudes.
 * @param lengths none of them zero
 */
export function rowFactors(parts: readonly LowRankPart[], lengths: Tensor): Tensor {
  const { tf } = engine();
  const output = lengths.shape[0] as number;
  const pieces: Tensor[] = [];
  let done = 0;
  for (const { magnitude, start } of [...parts].sort((left, right) => left.start - right.start)) {
    if (!magnitude) continue;
    if (start > done) pieces.push(tf.ones([start - done]));
    pieces.push(tf.div(magnitude, tf.slice(lengths, start, magnitude.size)));
    done = start + magnitude.size;
  }
  if (done < output) pieces.push(tf.ones([output - done]));
  return tf.concat(pieces, 0);
}

/** Concatenation of tensors of one precision, off the tape. */
export function concatRaw(tensors: readonly Tensor[], axis: number): Tensor {
  const attributes = {
    N: { int: tensors.length },
    T: { type: storageType(tensors[0] as Tensor) },
    Tidx: { type: INT32 },
  };
  return rawOp1('ConcatV2', attributes, [...tensors, engine().tf.scalar(axis, 'int32')]);
}
