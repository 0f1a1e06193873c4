/** Two heads over hidden rows: z = W₂·relu(W₁·h + b₁) + b₂, one for tables and one for columns. */
import { engine, type hiddenRows, type NamedVariable, type Random } from '@quaestor/peft';

type Tensor = ReturnType<typeof hiddenRows>;

export interface Head {
  readonly variables: readonly NamedVariable[];
  /** h[N, D] float32 → z[N]. */
  logits(hidden: Tensor): Tensor;
}

/** Of needed tables one in five is, of columns fewer: the heads begin at such odds. */
const FIRST_BIAS = -1.5;

/**
 * @param name `table` or `column`
 * @param width D
 * @param inner H, width of the hidden layer
 */
export function createHead(name: string, width: number, inner: number, random: Random): Head {
  const { tf } = engine();
  const draw = (rows: number, columns: number) =>
    tf.tidy(() =>
      tf.variable(
        tf.tensor2d(
          Float32Array.from({ length: rows * columns }, () => random.normal() / Math.sqrt(columns)),
          [rows, columns],
        ),
      ),
    );
  const constant = (size: number, value: number) =>
    tf.tidy(() => tf.variable(tf.fill([size], value)));
  const weight = draw(inner, width);
  const bias = constant(inner, 0);
  const outWeight = draw(1, inner);
  const outBias = constant(1, FIRST_BIAS);
  const prefix = `base_model.model.retriever.${name}`;
  return {
    variables: [
      { name: `${prefix}.dense.weight`, variable: weight },
      { name: `${prefix}.dense.bias`, variable: bias },
      { name: `${prefix}.out.weight`, variable: outWeight },
      { name: `${prefix}.out.bias`, variable: outBias },
    ],
    logits(hidden) {
      const dense = tf.relu(tf.add(tf.matMul(hidden as never, weight, false, true), bias));
      return tf.reshape(tf.add(tf.matMul(dense as never, outWeight, false, true), outBias), [-1]);
    },
  };
}
