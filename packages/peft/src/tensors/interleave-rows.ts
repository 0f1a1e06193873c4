/**
 * Two sets of rows as one, in a given order. Each row lands in exactly one place, so the gradient is
 * a gather, too.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { gatherRaw } from './gather-rows.ts';
import { INT32, rawOp1, storageType } from './raw-op.ts';
import { selectRows } from './select-rows.ts';

/** Where rows come from and go to, all int32. */
export interface RowOrder {
  /** [M + N] for each row of the result, its index in [inserted; given]. */
  readonly order: Tensor;
  /** [M] and [N]: where the rows of each set lie in the result. */
  readonly insertedAt: Tensor;
  readonly givenAt: Tensor;
}

/** inserted[M, D], given[N, D] of one precision → [M + N, D] */
export function interleaveRows(inserted: Tensor, given: Tensor, order: RowOrder): Tensor {
  const { tf, fused } = engine();
  if (!fused) return selectRows(tf.concat([inserted, given], 0), order.order);
  return runFused(interleaveKernel, { inserted, given, ...order })[0] as Tensor;
}

const interleaveKernel: FusedKernel<'inserted' | 'given' | keyof RowOrder> = {
  forward: ({ inserted, given, order }) => {
    const attributes = { N: { int: 2 }, T: { type: storageType(given) }, Tidx: { type: INT32 } };
    const axis = engine().tf.scalar(0, 'int32');
    return [gatherRaw(rawOp1('ConcatV2', attributes, [inserted, given, axis]), order)];
  },
  saveInputs: ['insertedAt', 'givenAt'],
  gradient: ([dy], [insertedAt, givenAt]) => ({
    inserted: () => gatherRaw(dy as Tensor, insertedAt as Tensor),
    given: () => gatherRaw(dy as Tensor, givenAt as Tensor),
  }),
};
