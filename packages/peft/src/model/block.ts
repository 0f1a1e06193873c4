/**
 * One pre-norm Llama block over packed rows (Touvron et al. 2023):
 *   h = x + W_o·attention(RMSNorm(x)·W_qkvᵀ)        y = h + W_down·swiglu(RMSNorm(h)·W_gate,upᵀ)
 * The residual stream travels as (x, delta): the sum is taken inside the next norm.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine, type Precision } from '../tensors/engine.ts';
import { fork } from '../tensors/fork.ts';
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
  /** [D] float32; a variable while a method trains it, as the other norm. */
  inputNorm: Tensor;
  readonly qkv: ProjectionGroup;
  readonly output: ProjectionGroup;
  postAttentionNorm: Tensor;
  readonly gateUp: ProjectionGroup;
  readonly down: ProjectionGroup;
  hook: BlockHook | null;
}

/** What a tuner installs on a block: it changes what a sub-layer adds to the residual stream. */
export interface BlockHook {
  /** @param delta [N, D] of the attention, in the block's precision */
  afterAttention?(delta: Tensor): Tensor;
  /** @param delta [N, D] of the feed-forward layer */
  afterFeedForward?(delta: Tensor): Tensor;
  /** In place of `afterFeedForward`. @param input [N, D] what the feed-forward layer read, normed */
  besideFeedForward?(delta: Tensor, input: Tensor): Tensor;
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
  const attended = block.output.forward(kept);
  const delta = block.hook?.afterAttention?.(attended) ?? attended;
  const feedForward = addRmsNorm(residual, delta, block.postAttentionNorm, epsilon, precision);
  const beside = block.hook?.besideFeedForward;
  const [normed, input] = beside ? fork(feedForward.normed) : [feedForward.normed, null];
  const activation = swiGlu(block.gateUp.forward(normed));
  const forwarded = block.down.forward(activation);
  return {
    x: feedForward.sum,
    delta: input
      ? (beside?.(forwarded, input) as Tensor)
      : (block.hook?.afterFeedForward?.(forwarded) ?? forwarded),
  };
}
