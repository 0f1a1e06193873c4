/**
 * A fused op with its gradient, registered in tfjs's own kernel registry so that the tape sees it as
 * one node: it keeps only what the gradient names, not the intermediates.
 */
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';
import { engine } from './engine.ts';

export interface FusedKernel<Inputs extends string> {
  readonly name: string;
  /** Computes the outputs; intermediates are tidied. */
  forward(inputs: Record<Inputs, Tensor>, attributes: KernelAttributes): Tensor[];
  /** Inputs and outputs (by position) that the gradient reads. */
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

const registered = new Set<string>();

/** Runs a fused kernel; on a tape, as one node of it, registered on first use. */
export function runFused<Inputs extends string>(
  kernel: FusedKernel<Inputs>,
  inputs: Record<Inputs, Tensor>,
  attributes: KernelAttributes = {},
): Tensor[] {
  const { tf } = engine();
  if (tf.engine().state.gradientDepth === 0)
    return tf.tidy(() => kernel.forward(inputs, attributes));
  if (!registered.has(kernel.name)) {
    register(kernel);
    registered.add(kernel.name);
  }
  const outputs = tf.engine().runKernel(kernel.name, inputs as NamedTensorMap, { ...attributes });
  return (Array.isArray(outputs) ? outputs : [outputs]) as Tensor[];
}

function register<Inputs extends string>(kernel: FusedKernel<Inputs>): void {
  const { tf } = engine();
  tf.registerKernel({
    kernelName: kernel.name,
    backendName: tf.getBackend(),
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() =>
        kernel.forward(
          inputs as Record<Inputs, Tensor>,
          (attrs ?? {}) as unknown as KernelAttributes,
        ),
      ),
  });
  tf.registerGradient({
    kernelName: kernel.name,
    inputsToSave: [...kernel.saveInputs],
    outputsToSave: [...(kernel.saveOutputs ?? [])],
    gradFunc: (dys, saved, attrs) =>
      kernel.gradient(
        Array.isArray(dys) ? dys : [dys],
        saved,
        (attrs ?? {}) as unknown as KernelAttributes,
      ) as Record<string, () => Tensor>,
  });
}
