/**
 * Causal grouped-query attention with rotary positions over packed rows (RoFormer, Su et al. 2021;
 * GQA, Ainslie et al. 2023; blockwise softmax, Dao et al. 2022):
 *   o_i = Σ_{j ∈ [first_i, i]} softmax_j(rot(q_i)·rot(k_j) / √d) v_j
 * Rows of several sequences lie one after the other; `first` names the earliest row each may see, so
 * padding costs nothing. Query head h reads key/value head ⌊h·KV/H⌋.
 */
import type { Tensor, Tensor3D } from '@tensorflow/tfjs';
import { engine } from './engine.ts';
import { type FusedKernel, release, runFused } from './fused-kernel.ts';
import { rawOp, rawOp1, storageType } from './raw-op.ts';
import { type RotaryTable, rotateRows } from './rotary.ts';

/** How N packed rows relate: positions[N] for the rotation and first[N], both int32. */
export interface RowLayout {
  readonly positions: Tensor;
  readonly first: Tensor;
}

/**
 * @param qkv [N, (H + 2·KV)·d]: query heads, then key heads, then value heads
 * @returns [N, H·d] in the precision of qkv
 */
export function causalAttention(
  qkv: Tensor,
  layout: RowLayout,
  table: RotaryTable,
  heads: number,
  kvHeads: number,
): Tensor {
  if (!engine().fused) return composed(qkv, layout, table, heads, kvHeads);
  const inputs = { qkv, ...layout, ...table };
  return runFused(attentionKernel, inputs, { heads, kvHeads })[0] as Tensor;
}

type Inputs = 'qkv' | 'positions' | 'first' | 'cos' | 'sin';

const attentionKernel: FusedKernel<Inputs> = {
  forward: ({ qkv, positions, first, cos, sin }, { heads, kvHeads }) =>
    rawOp(
      'QuaestorCausalAttention',
      {
        T: { type: storageType(qkv) },
        heads: { int: Number(heads) },
        kv_heads: { int: Number(kvHeads) },
      },
      [qkv, positions, first, cos, sin],
      2,
    ),
  saveInputs: ['qkv', 'positions', 'first', 'cos', 'sin'],
  saveOutputs: [true, true],
  gradient: ([dout], saved, { heads, kvHeads }) => ({
    qkv: () => {
      const gradient = rawOp1(
        'QuaestorCausalAttentionGrad',
        {
          T: { type: storageType(dout as Tensor) },
          heads: { int: Number(heads) },
          kv_heads: { int: Number(kvHeads) },
        },
        [...saved, dout as Tensor],
      );
      release(...saved, dout);
      return gradient;
    },
  }),
};

/** The same from tfjs ops, for engines without the kernels: O(N²) memory over all packed rows. */
function composed(
  qkv: Tensor,
  { positions, first }: RowLayout,
  table: RotaryTable,
  heads: number,
  kvHeads: number,
): Tensor {
  const { tf } = engine();
  const rows = qkv.shape[0] as number;
  const headDim = (qkv.shape[1] as number) / (heads + 2 * kvHeads);
  const group = heads / kvHeads;
  const all = tf.reshape(qkv, [rows, heads + 2 * kvHeads, headDim]);
  const [queriesAndKeys, values] = tf.split(all, [heads + kvHeads, kvHeads], 1) as [Tensor, Tensor];
  const rotated = rotateRows(queriesAndKeys, positions, table);
  const byHead = (x: Tensor): Tensor3D => tf.transpose(x, [1, 0, 2]) as Tensor3D;
  const [queries, keys] = tf.split(byHead(rotated), [heads, kvHeads], 0) as [Tensor, Tensor];
  const grouped = tf.reshape(queries, [kvHeads, group * rows, headDim]);
  const scores = tf.div(tf.matMul(grouped, keys as Tensor3D, false, true), Math.sqrt(headDim));
  const mask = tf.tidy(() => {
    const column = tf.range(0, rows, 1, 'int32');
    const late = tf.greater(tf.expandDims(column, 0), tf.expandDims(column, 1));
    const early = tf.less(tf.expandDims(column, 0), tf.expandDims(first, 1));
    return tf.mul(tf.cast(tf.logicalOr(late, early), 'float32'), -1e9);
  });
  const masked = tf.add(tf.reshape(scores, [heads, rows, rows]), mask);
  const weights = tf.reshape(tf.softmax(masked), [kvHeads, group * rows, rows]);
  const output = tf.matMul(weights as Tensor3D, byHead(values));
  return tf.reshape(tf.transpose(tf.reshape(output, [heads, rows, headDim]), [1, 0, 2]), [
    rows,
    heads * headDim,
  ]);
}
