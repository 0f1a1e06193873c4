/** float32 ↔ bfloat16, differentiable: the gradient of a cast is the cast back. */
import type { Tensor } from '@tensorflow/tfjs';
import type { Precision } from './engine.ts';
import { type FusedKernel, runFused } from './fused-kernel.ts';
import { BFLOAT16, FLOAT32, precisionOf, rawOp1 } from './raw-op.ts';

/** The same values in the given precision; the very tensor when it is stored so already. */
export function cast(x: Tensor, precision: Precision): Tensor {
  if (precisionOf(x) === precision) return x;
  const [y] = runFused(precision === 'bfloat16' ? toBfloat16 : toFloat32, { x });
  return y as Tensor;
}

/** The cast without a place on the tape. */
export function castRaw(x: Tensor, precision: Precision): Tensor {
  if (precisionOf(x) === precision) return x;
  const [from, to] = precision === 'bfloat16' ? [FLOAT32, BFLOAT16] : [BFLOAT16, FLOAT32];
  return rawOp1('Cast', { SrcT: { type: from }, DstT: { type: to }, Truncate: false }, [x]);
}

const toBfloat16: FusedKernel<'x'> = {
  forward: ({ x }) => [castRaw(x, 'bfloat16')],
  saveInputs: [],
  gradient: ([dy]) => ({ x: () => castRaw(dy as Tensor, 'float32') }),
};

const toFloat32: FusedKernel<'x'> = {
  forward: ({ x }) => [castRaw(x, 'float32')],
  saveInputs: [],
  gradient: ([dy]) => ({ x: () => castRaw(dy as Tensor, 'bfloat16') }),
};
