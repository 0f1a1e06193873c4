/**
 * T-Few's three losses over the labels of a row (Liu et al. 2022, arXiv 2205.05638, §3.2), with
 * l_{c,j} = log p(token j of label c | prompt, the label's tokens before), true label y and weights w:
 *   LM  language model         −Σ_e w_e Σ_j l_{y,j}  / Σ_e w_e |y|
 *   LN  length-normalised      −Σ_e w_e log softmax_c( Σ_j l_{c,j} / |c|^α )_y  / Σ_e w_e
 *   UL  unlikelihood           −Σ_e w_e Σ_{c≠y,j} log(1 − exp l_{c,j} + 0.01)  / Σ_e w_e Σ_{c≠y} |c|
 * The divisors are those of a whole step, so that the losses of its passes add up.
 */
import { engine, type Scalar, type Tensor } from '@quaestor/peft';
import type { ChoiceExample } from './choice-example.ts';

export interface LossWeights {
  readonly lm: number;
  readonly ln: number;
  readonly ul: number;
  /** α; 0: none, 1: per token. */
  readonly lengthNorm: number;
}

/** The paper's. */
export const PAPER_LOSSES: LossWeights = { lm: 1, ln: 1, ul: 1, lengthNorm: 1 };

/** Keeps the logarithm finite, as in the published code. */
const MARGIN = 0.01;

type Weighed = Pick<ChoiceExample, 'plan' | 'label' | 'weight'>;

/**
 * @param logProbabilities [T] of every token of every label of every example of the pass, in that order
 * @param pass the examples whose losses are summed
 * @param step the examples that the divisors count
 */
export function choiceLoss(
  logProbabilities: Tensor,
  pass: readonly Weighed[],
  step: readonly Weighed[],
  { lm, ln, ul, lengthNorm }: LossWeights = PAPER_LOSSES,
): Scalar {
  const { tf } = engine();
  const tokens = logProbabilities.shape[0] as number;
  const width = Math.max(...pass.map(({ plan }) => plan.labels.length));
  const right = new Float32Array(tokens);
  const wrong = new Float32Array(tokens);
  /** From tokens to the normalised scores of [examples, width] labels. */
  const sums = new Float32Array(pass.length * width * tokens);
  const absent = new Float32Array(pass.length * width).fill(-1e9);
  const truth = new Float32Array(pass.length * width);
  let at = 0;
  for (const [e, { plan, label, weight }] of pass.entries()) {
    for (const [c, { tokens: own }] of plan.labels.entries()) {
      const place = e * width + c;
      absent[place] = 0;
      if (c === label) truth[place] = weight;
      for (let j = 0; j < own.length; j++, at++) {
        (c === label ? right : wrong)[at] = weight;
        sums[place * tokens + at] = own.length ** -lengthNorm;
      }
    }
  }
  const norms = divisors(step);
  const column = tf.reshape(logProbabilities, [tokens, 1]);
  const weighted = (factors: Float32Array, values: Tensor) =>
    tf.sum(tf.mul(tf.tensor2d(factors, [tokens, 1]), values));
  const scores = tf.reshape(
    tf.matMul(tf.tensor2d(sums, [pass.length * width, tokens]), column as never),
    [pass.length, width],
  );
  const chosen = tf.logSoftmax(tf.add(scores, tf.tensor2d(absent, [pass.length, width])));
  // Rounding may put a probability above one.
  const unlikely = tf.log(tf.sub(1 + MARGIN, tf.exp(tf.minimum(column, 0))));
  return tf.neg(
    tf.addN([
      tf.mul(weighted(right, column), lm / norms.right),
      tf.mul(tf.sum(tf.mul(chosen, tf.tensor2d(truth, [pass.length, width]))), ln / norms.examples),
      tf.mul(weighted(wrong, unlikely), ul / norms.wrong),
    ]),
  ) as Scalar;
}

function divisors(step: readonly Weighed[]): { right: number; wrong: number; examples: number } {
  let [right, wrong, examples] = [0, 0, 0];
  for (const { plan, label, weight } of step) {
    examples += weight;
    for (const [c, { tokens }] of plan.labels.entries()) {
      if (c === label) right += weight * tokens.length;
      else wrong += weight * tokens.length;
    }
  }
  return { right, wrong, examples };
}
