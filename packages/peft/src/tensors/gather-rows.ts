/** Rows of a matrix by index, from either precision to float32; the gradient adds rows back. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { INT32, rawOp1, storageType } from './raw-op.ts';

/** matrix[M, D], indices[N] int32 → [N, D] float32 */
export function gatherRows(matrix: Tensor, indices: Tensor): Tensor {
  const { tf, name } = engine();
  if (name === 'wasm') return tf.gather(matrix as Tensor2D, indices as never);
  const attributes = { rows: matrix.shape[0] as number };
  return runFused(gatherKernel, { matrix, indices }, attributes)[0] as Tensor;
}

/** The same in the matrix's own precision, off the tape. */
export function gatherRaw(matrix: Tensor, indices: Tensor): Tensor {
  const attributes = {
    batch_dims: { int: 0 },
    Tparams: { type: storageType(matrix) },
    Tindices: { type: INT32 },
    Taxis: { type: INT32 },
  };
  return rawOp1('GatherV2', attributes, [matrix, indices, engine().tf.scalar(0, 'int32')]);
}

const gatherKernel: FusedKernel<'matrix' | 'indices'> = {
  forward: ({ matrix, indices }) => [castRaw(gatherRaw(matrix, indices), 'float32')],
  saveInputs: ['indices'],
  gradient: ([dy], [indices], { rows }) => ({
    matrix: () => engine().tf.unsortedSegmentSum(dy as Tensor, indices as never, Number(rows)),
  }),
};
