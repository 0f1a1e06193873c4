/**
 * Multinomial logistic regression with an L2 penalty, by L-BFGS:
 *   min_W  C Σᵢ wᵢ · −log softmax(W·xᵢ + b)[yᵢ] + ½‖W‖²     W[K, D], b[K] without penalty
 * With two classes there is one row of W, against 0 for class 0, as is usual for K = 2.
 */
import { minimise } from './lbfgs.ts';
import { type Matrix, rowOf } from './matrix.ts';
import { softmaxInPlace } from './softmax.ts';
import { filledOf } from './sparse-products.ts';

export interface LogisticRegression {
  readonly kind: 'logistic-regression';
  readonly classes: number;
  /** [K, D+1], the intercept last; [1, D+1] with two classes. */
  readonly weights: readonly number[];
}

export interface LogisticRegressionOptions {
  /** Inverse strength of the penalty; default 1, which tuning on a few rows does not beat. */
  readonly c?: number;
  /** Weight of each row; default 1. */
  readonly rowWeights?: Float64Array;
}

/** @param labels class of each row, 0 … classes−1 */
export function fitLogisticRegression(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  { c = 1, rowWeights }: LogisticRegressionOptions = {},
): LogisticRegression {
  const outputs = classes === 2 ? 1 : classes;
  const stride = x.columns + 1;
  const first = classes - outputs;
  const scores = new Float64Array(classes);
  // Most entries of one-hot rows are 0, of which nothing comes.
  const { places, values, starts } = filledOf(x);
  const weights = minimise(
    (w, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let i = 0; i < x.rows; i++) {
        const [from, to] = [starts[i] as number, starts[i + 1] as number];
        const label = labels[i] as number;
        const weight = c * (rowWeights?.[i] ?? 1);
        scores[0] = 0;
        for (let k = first; k < classes; k++) {
          const start = (k - first) * stride;
          let sum = w[start + x.columns] as number;
          for (let e = from; e < to; e++) {
            sum += (w[start + (places[e] as number)] as number) * (values[e] as number);
          }
          scores[k] = sum;
        }
        softmaxInPlace(scores);
        loss -= weight * Math.log(Math.max(scores[label] as number, 1e-300));
        for (let k = first; k < classes; k++) {
          const error = weight * ((scores[k] as number) - (k === label ? 1 : 0));
          const start = (k - first) * stride;
          for (let e = from; e < to; e++) {
            const at = start + (places[e] as number);
            gradient[at] = (gradient[at] as number) + error * (values[e] as number);
          }
          gradient[start + x.columns] = (gradient[start + x.columns] as number) + error;
        }
      }
      for (let k = 0; k < outputs; k++) {
        for (let j = k * stride; j < k * stride + x.columns; j++) {
          const entry = w[j] as number;
          loss += 0.5 * entry * entry;
          gradient[j] = (gradient[j] as number) + entry;
        }
      }
      return loss;
    },
    new Float64Array(outputs * stride),
  );
  return { kind: 'logistic-regression', classes, weights: [...weights] };
}

/** Probabilities [rows, K]. */
export function predictLogisticRegression(model: LogisticRegression, x: Matrix): Float64Array {
  const weights = Float64Array.from(model.weights);
  if (model.classes === 2) return predictTwo(weights, x);
  const result = new Float64Array(x.rows * model.classes);
  for (let i = 0; i < x.rows; i++) {
    const into = result.subarray(i * model.classes, (i + 1) * model.classes);
    scoresOf(weights, rowOf(x, i), model.classes, into);
    softmaxInPlace(into);
  }
  return result;
}

/** Two classes are what large tables mostly have: without a view of each row it is ten times as fast. */
function predictTwo(weights: Float64Array, x: Matrix): Float64Array {
  const { places, values, starts } = filledOf(x);
  const result = new Float64Array(2 * x.rows);
  for (let i = 0; i < x.rows; i++) {
    let score = weights[x.columns] as number;
    for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
      score += (weights[places[e] as number] as number) * (values[e] as number);
    }
    const p = 1 / (1 + Math.exp(-score));
    result[2 * i] = 1 - p;
    result[2 * i + 1] = p;
  }
  return result;
}

function scoresOf(w: Float64Array, row: Float64Array, classes: number, into: Float64Array): void {
  const stride = row.length + 1;
  const first = classes === 2 ? 1 : 0;
  if (first === 1) into[0] = 0;
  for (let k = first; k < classes; k++) {
    const start = (k - first) * stride;
    let sum = w[start + row.length] as number;
    for (let j = 0; j < row.length; j++) sum += (w[start + j] as number) * (row[j] as number);
    into[k] = sum;
  }
}
