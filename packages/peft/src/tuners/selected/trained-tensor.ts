/**
 * A stored tensor of the base model of which something is trained: whoever reads it gets the whole
 * tensor as it is now, in the base's precision. A recorded pass gets it as a function of the trained
 * variables, so its gradient exists only until the share of each variable is taken from it.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { BaseTensor } from '../../model/base-tensors.ts';
import { engine } from '../../tensors/engine.ts';
import { type FusedKernel, release, runFused } from '../../tensors/fused-kernel.ts';

/** How the whole tensor follows from the variables. Nothing here is recorded on a tape. */
export interface TensorContent {
  readonly variables: readonly Variable[];
  /** A new tensor of the base's shape and precision. */
  compose(base: Tensor): Tensor;
  /** One for each variable. @param whole the gradient of the whole tensor, float32 */
  gradients(whole: Tensor, base: Tensor): readonly Tensor[];
  dispose(): void;
}

export class TrainedTensor {
  readonly base: Tensor;
  /** While true, nothing is trained and the tensor stays as it is. */
  frozen = false;
  private readonly content: TensorContent;
  private readonly restore: () => void;
  private whole: Tensor | null = null;
  private wholeOf: readonly object[] = [];

  constructor(tensor: BaseTensor, content: TensorContent) {
    this.base = tensor.tensor;
    this.content = content;
    this.restore = tensor.intercept(() => this.read());
  }

  private read(): Tensor {
    const whole = this.current();
    const recorded = engine().tf.engine().state.gradientDepth > 0;
    return recorded && !this.frozen ? this.recorded(whole) : whole;
  }

  /** Built anew after a variable was assigned: an assignment changes its data id. */
  private current(): Tensor {
    const { tf } = engine();
    const ids = this.content.variables.map(({ dataId }) => dataId);
    if (this.whole && ids.every((id, i) => id === this.wholeOf[i])) return this.whole;
    this.whole?.dispose();
    this.wholeOf = ids;
    this.whole = tf.keep(tf.tidy(() => this.content.compose(this.base)));
    return this.whole;
  }

  private recorded(whole: Tensor): Tensor {
    const { tf } = engine();
    const { content, base } = this;
    const inputs = Object.fromEntries(content.variables.map((variable, i) => [`v${i}`, variable]));
    const kernel: FusedKernel<string> = {
      forward: () => [whole.clone()],
      saveInputs: [],
      gradient: ([dy]) => {
        const gradients = tf.tidy(() => [...content.gradients(dy as Tensor, base)]);
        release(dy);
        return Object.fromEntries(
          gradients.map((gradient, i) => [`v${i}`, () => gradient.clone()]),
        );
      },
    };
    return runFused(kernel, inputs)[0] as Tensor;
  }

  /** Puts the base back, the very tensor, and frees everything else. */
  detach(): void {
    this.restore();
    this.whole?.dispose();
    this.whole = null;
    this.content.dispose();
  }
}
