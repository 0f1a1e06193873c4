/**
 * Ridge regression (Hoerl and Kennard 1970): min_w ½Σᵢ(yᵢ − w·xᵢ − b)² + ½λ‖w‖², b without penalty, by
 * L-BFGS. λ is the one of a few with the least error on held-out folds.
 */
import { seededRandom } from '@quaestor/peft';
import { minimise } from './lbfgs.ts';
import { type Matrix, pickRows, rowOf } from './matrix.ts';
import { type RidgeRegression, valueAt } from './ridge-regression.ts';

const LAMBDAS = [0.1, 1, 10, 100, 1000] as const;
const FOLDS = 5;
/** Rows that λ is chosen on at most. */
const MOST_ROWS = 5000;

export function fitRidgeRegression(x: Matrix, y: Float64Array, seed = 0): RidgeRegression {
  const lambda = x.rows < 2 * FOLDS ? 1 : chooseLambda(x, y, seed);
  return { kind: 'ridge-regression', lambda, weights: [...solve(x, y, lambda)] };
}

function chooseLambda(x: Matrix, y: Float64Array, seed: number): number {
  const order = seededRandom(seed)
    .shuffle([...y.keys()])
    .slice(0, MOST_ROWS);
  const errors = LAMBDAS.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = order.filter((_, at) => at % FOLDS === fold);
    const outside = order.filter((_, at) => at % FOLDS !== fold);
    const known = Float64Array.from(outside, (i) => y[i] as number);
    const [seen, unseen] = [pickRows(x, outside), pickRows(x, inside)];
    for (const [at, lambda] of LAMBDAS.entries()) {
      const weights = solve(seen, known, lambda);
      for (const [place, row] of inside.entries()) {
        const error = valueAt(weights, rowOf(unseen, place)) - (y[row] as number);
        errors[at] = (errors[at] as number) + error ** 2;
      }
    }
  }
  return LAMBDAS[errors.indexOf(Math.min(...errors))] as number;
}

function solve(x: Matrix, y: Float64Array, lambda: number): Float64Array {
  return minimise(
    (w, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let i = 0; i < x.rows; i++) {
        const row = rowOf(x, i);
        const error = valueAt(w, row) - (y[i] as number);
        loss += 0.5 * error ** 2;
        for (let j = 0; j < row.length; j++) {
          gradient[j] = (gradient[j] as number) + error * (row[j] as number);
        }
        gradient[row.length] = (gradient[row.length] as number) + error;
      }
      for (let j = 0; j < x.columns; j++) {
        const entry = w[j] as number;
        loss += 0.5 * lambda * entry ** 2;
        gradient[j] = (gradient[j] as number) + lambda * entry;
      }
      return loss;
    },
    new Float64Array(x.columns + 1),
  );
}
