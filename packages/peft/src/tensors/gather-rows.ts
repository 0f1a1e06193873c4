/** Rows of a matrix by index, from either precision to float32; the gradient adds rows back. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { castRaw } from './cast.ts';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { INT32, rawOp1, storageType } from './raw-op.ts';

/** matrix[M, D], indices[N] int32 → [N, D] float32 */
export function gatherRows(matrix: Tensor, indices: Tensor): Tensor {
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
  forward: ({ matrix, indices }) => {
    const { tf, name } = engine();
    // The wasm backend has no raw ops, and float32 alone.
    if (name === 'wasm') return [tf.gather(matrix as Tensor2D, indices as never)];
    return [castRaw(gatherRaw(matrix, indices), 'float32')];
  },
  saveInputs: ['indices'],
  gradient: ([dy], [indices], { rows }) => ({
    matrix: () => addedRows(dy as Tensor, indices as Tensor, Number(rows)),
  }),
};

/** dy[N, D] → [rows, D]: row i is the sum of dy's rows with the index i. */
function addedRows(dy: Tensor, indices: Tensor, rows: number): Tensor {
  const { tf, name } = engine();
  if (name !== 'wasm') return tf.unsortedSegmentSum(dy, indices as never, rows);
  // The wasm backend lacks that sum.
  const [values, at] = [dy.dataSync(), indices.dataSync()];
  const width = dy.shape[1] as number;
  const sums = new Float32Array(rows * width);
  for (const [row, index] of at.entries()) {
    for (let j = 0; j < width; j++) {
      const place = index * width + j;
      sums[place] = (sums[place] as number) + (values[row * width + j] as number);
    }
  }
  return tf.tensor2d(sums, [rows, width]);
}
