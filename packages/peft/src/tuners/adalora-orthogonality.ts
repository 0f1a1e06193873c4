/**
 * AdaLoRA's penalty on factors that are not orthonormal (Zhang et al. 2023, eq. 4; chapter eq. 4.12):
 *   R = w/n · Σ ‖P·Pᵀ − I‖_F over all A (P = A) and all B (P = Bᵀ), n matrices in all
 * The paper and the chapter square the norms and do not average; the authors' code and HF-PEFT do it
 * this way. With D = (P·Pᵀ − I)/‖P·Pᵀ − I‖_F the gradient is 2w/n·D·P, and 0 where P is orthonormal.
 */
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import { type FusedKernel, type KernelAttributes, runFused } from '../tensors/fused-kernel.ts';

/** @param factors the As, then the Bs @param weight w */
export function orthogonalityPenalty(
  factors: { readonly a: readonly Tensor[]; readonly b: readonly Tensor[] },
  weight: number,
): Scalar {
  const named = [
    ...factors.a.map((tensor, i) => [`a${i}`, tensor] as const),
    ...factors.b.map((tensor, i) => [`b${i}`, tensor] as const),
  ].filter(([, { size }]) => size > 0);
  if (named.length === 0) return engine().tf.scalar(0);
  const names = named.map(([name]) => name);
  const attributes = { share: weight / named.length };
  return runFused(kernel(names), Object.fromEntries(named), attributes)[0] as Scalar;
}

function kernel(names: readonly string[]): FusedKernel<string> {
  const isA = (name: string): boolean => name.startsWith('a');
  return {
    forward: (inputs, { share }: KernelAttributes) => {
      const { tf } = engine();
      const norms: Tensor[] = [];
      const directions = names.map((name) => {
        const p = inputs[name] as Tensor2D;
        const product = isA(name) ? tf.matMul(p, p, false, true) : tf.matMul(p, p, true, false);
        const deviation = tf.sub(product, tf.eye(product.shape[0] as number));
        const norm = tf.sqrt(tf.sum(tf.square(deviation)));
        norms.push(norm);
        return tf.divNoNan(deviation, norm);
      });
      return [tf.mul(tf.addN(norms), Number(share)), ...directions];
    },
    saveInputs: names,
    saveOutputs: [false, ...names.map(() => true)],
    gradient: ([dy], saved, { share }) => {
      const { tf } = engine();
      return Object.fromEntries(
        names.map((name, i) => [
          name,
          () =>
            tf.tidy(() => {
              const p = saved[i] as Tensor2D;
              const direction = saved[names.length + i] as Tensor2D;
              const turned = isA(name) ? tf.matMul(direction, p) : tf.matMul(p, direction);
              return tf.mul(turned, tf.mul(dy as Tensor, 2 * Number(share)));
            }),
        ]),
      );
    },
  };
}
