/** A line through rows: w·x + b. */
import { type Matrix, rowOf } from './matrix.ts';

export interface RidgeRegression {
  readonly kind: 'ridge-regression';
  readonly lambda: number;
  /** [D+1], the intercept last. */
  readonly weights: readonly number[];
}

/** Values [rows]. */
export function predictRidgeRegression({ weights }: RidgeRegression, x: Matrix): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => valueAt(weights, rowOf(x, i)));
}

/** @param weights [D+1], the intercept last */
export function valueAt(weights: ArrayLike<number>, row: Float64Array): number {
  let sum = weights[row.length] as number;
  for (let j = 0; j < row.length; j++) sum += (weights[j] as number) * (row[j] as number);
  return sum;
}
