/**
 * One pre-norm Llama block over packed rows (Touvron et al. 2023):
 *   h = x + W_o·attention(RMSNorm(x)·W_qkvᵀ)        y = h + W_down·swiglu(RMSNorm(h)·W_gate,upᵀ)
 * The residual stream travels as (x, delta): the sum is taken inside the next norm.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine, type Precision } from '../tensors/engine.ts';
import { addRmsNorm } from '../tensors/rms-norm.ts';
import { selectRows } from '../tensors/select-rows.ts';
import { swiGlu } from '../tensors/swiglu.ts';
import type { ProjectionGroup } from './projection.ts';

/** The residual stream x[N, D] float32 and what is still to be added to it. */
export interface Stream {
  readonly x: Tensor;
  readonly delta: Tensor | null;
}

export interface Block {
  readonly inputNorm: Tensor;
  readonly qkv: ProjectionGroup;
  readonly output: ProjectionGroup;
  readonly postAttentionNorm: Tensor;
  readonly gateUp: ProjectionGroup;
  readonly down: ProjectionGroup;
}

/**
 * @param attend from the fused q, k, v rows to the heads' outputs; training and cached decoding differ here
 * @param rows when given, only these rows are needed after attention (the last block while training)
 */
export function runBlock(
  block: Block,
  stream: Stream,
  epsilon: number,
  precision: Precision,
  attend: (qkv: Tensor) => Tensor,
  rows?: Tensor,
): Stream {
  const { tf } = engine();
  // Frees what the tape did not ask to keep: nothing of a block outlives it but its two outputs.
  const { x, delta } = tf.tidy(() => blockOutputs(block, stream, epsilon, precision, attend, rows));
  return { x, delta };
}

function blockOutputs(
  block: Block,
  stream: Stream,
  epsilon: number,
  precision: Precision,
  attend: (qkv: Tensor) => Tensor,
  rows?: Tensor,
): { x: Tensor; delta: Tensor } {
  const attention = addRmsNorm(stream.x, stream.delta, block.inputNorm, epsilon, precision);
  const heads = attend(block.qkv.forward(attention.normed));
  const [kept, residual] = rows
    ? [selectRows(heads, rows), selectRows(attention.sum, rows)]
    : [heads, attention.sum];
  const delta = block.output.forward(kept);
  const feedForward = addRmsNorm(residual, delta, block.postAttentionNorm, epsilon, precision);
  const activation = swiGlu(block.gateUp.forward(feedForward.normed));
  return { x: feedForward.sum, delta: block.down.forward(activation) };
}
