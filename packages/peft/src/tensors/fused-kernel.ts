/**
 * A fused op with its gradient as one node of tfjs's tape, which keeps only what the gradient names,
 * not the intermediates.
 */
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';

export interface FusedKernel<Inputs extends string> {
  /** Computes the outputs, those to save behind those to return; intermediates are tidied. */
  forward(inputs: Record<Inputs, Tensor>, attributes: KernelAttributes): Tensor[];
  /** How many outputs are returned, from the first on. Default 1. */
  readonly returned?: number;
  /** Inputs that the gradient reads, then which of all outputs. */
  readonly saveInputs: readonly Inputs[];
  readonly saveOutputs?: readonly boolean[];
  /** For each differentiable input a thunk; inputs left out are constants. */
  gradient(
    dys: Tensor[],
    saved: Tensor[],
    attributes: KernelAttributes,
  ): Partial<Record<Inputs, () => Tensor>>;
}

export type KernelAttributes = Readonly<Record<string, number | boolean>>;

/**
 * Frees a gradient's inputs once it is computed. The tape would keep them until the whole backward
 * pass ends; nothing else reads an output's gradient or a node's saved tensors.
 */
export function release(...tensors: readonly (Tensor | undefined)[]): void {
  for (const tensor of tensors) tensor?.dispose();
}

/**
 * The function under `tf.customGrad`, which allows several outputs. Outputs that only the gradient
 * reads must not be the tape's: it would make zeros of their size for each missing gradient.
 */
interface TapeEngine {
  runKernelFunc(node: {
    forwardFunc: (backend: unknown, save: (tensors: Tensor[]) => void) => Tensor[];
    backwardsFunc: (dys: Tensor | Tensor[], saved: Tensor[]) => Record<string, () => Tensor>;
    inputs: NamedTensorMap;
  }): Tensor[];
}

/** Runs a fused kernel; on a tape, as one node of it. @returns the outputs that it returns */
export function runFused<Inputs extends string>(
  kernel: FusedKernel<Inputs>,
  inputs: Record<Inputs, Tensor>,
  attributes: KernelAttributes = {},
): Tensor[] {
  const { tf } = engine();
  const { returned = 1 } = kernel;
  if (tf.engine().state.gradientDepth === 0) {
    return tf.tidy(() => kernel.forward(inputs, attributes).slice(0, returned));
  }
  return (tf.engine() as unknown as TapeEngine).runKernelFunc({
    inputs: inputs as NamedTensorMap,
    forwardFunc: (_, save) => {
      const outputs = kernel.forward(inputs, attributes);
      save([
        ...kernel.saveInputs.map((name) => inputs[name]),
        ...outputs.filter((_, i) => kernel.saveOutputs?.[i]),
      ]);
      return outputs.slice(0, returned);
    },
    backwardsFunc: (dys, saved) =>
      kernel.gradient(Array.isArray(dys) ? dys : [dys], saved, attributes) as Record<
        string,
        () => Tensor
      >,
  });
}
