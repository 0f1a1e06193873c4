/**
 * Ŵ = W ⊙ 1[m > τ] for some rows of a stored tensor, with one score m for each weight. The step
 * function passes the gradient straight through: dm = dŴ ⊙ W.
 */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { castRaw } from '../../tensors/cast.ts';
import { engine } from '../../tensors/engine.ts';
import { overwriteRows } from '../../tensors/sparse-rows.ts';
import { type NamedParameter, parameterRows } from './base-parameters.ts';
import type { TensorContent } from './trained-tensor.ts';

export class MaskContent implements TensorContent {
  readonly parameters: readonly NamedParameter[];
  /** The scores of each parameter, of its shape. */
  readonly variables: readonly Variable[];
  private readonly threshold: number;

  /** @param parameters of one stored tensor, ascending @param start score of every weight */
  constructor(parameters: readonly NamedParameter[], threshold: number, start: number) {
    const { tf } = engine();
    this.parameters = parameters;
    this.threshold = threshold;
    this.variables = parameters.map(({ shape }) =>
      tf.tidy(() => tf.variable(tf.fill([...shape], start))),
    );
  }

  compose(base: Tensor): Tensor {
    const { tf } = engine();
    const blocks = this.parameters.map((parameter, i) => {
      const kept = tf.greater(this.variables[i] as Variable, this.threshold);
      const weights = castRaw(parameterRows(base, parameter), 'float32');
      return { start: parameter.start, values: tf.where(kept, weights, tf.zerosLike(weights)) };
    });
    return overwriteRows(base, blocks);
  }

  gradients(whole: Tensor, base: Tensor): readonly Tensor[] {
    return this.parameters.map((parameter) =>
      engine().tf.mul(
        parameterRows(whole, parameter),
        castRaw(parameterRows(base, parameter), 'float32'),
      ),
    );
  }

  dispose(): void {
    engine().tf.dispose([...this.variables]);
  }
}
