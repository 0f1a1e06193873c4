/**
 * The gated activation of the feed-forward layer (Shazeer 2020, "GLU Variants Improve Transformer"):
 *   act = silu(gate) ⊙ up,  silu(x) = x·σ(x),  [gate | up] = x·[W_gate | W_up]ᵀ
 */
import type { Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';
import { type FusedKernel, release, runFused } from './fused-kernel.ts';
import { rawOp1, storageType } from './raw-op.ts';

/** gateUp[N, 2F] → [N, F] in the same precision. */
export function swiGlu(gateUp: Tensor): Tensor {
  const { tf, fused } = engine();
  if (fused) return runFused(swiGluKernel, { gateUp })[0] as Tensor;
  const [gate, up] = tf.split(gateUp, 2, 1) as [Tensor, Tensor];
  return tf.mul(tf.mul(gate, tf.sigmoid(gate)), up);
}

const swiGluKernel: FusedKernel<'gateUp'> = {
  forward: ({ gateUp }) => [
    rawOp1('QuaestorSwiGlu', { T: { type: storageType(gateUp) } }, [gateUp]),
  ],
  saveInputs: ['gateUp'],
  gradient: ([dact], [gateUp]) => ({
    gateUp: () => {
      const inputs = [dact as Tensor, gateUp as Tensor];
      const type = storageType(gateUp as Tensor);
      const gradient = rawOp1('QuaestorSwiGluGrad', { T: { type } }, inputs);
      release(...inputs);
      return gradient;
    },
  }),
};
