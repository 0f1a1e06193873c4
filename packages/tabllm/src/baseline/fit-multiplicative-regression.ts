/** A product of powers, learned as ridge regression of the logarithm: see `multiplicative-regression.ts`. */
import type { Encoder } from './encoder.ts';
import { fitRidgeRegression } from './fit-ridge-regression.ts';
import { emptyMatrix, type Matrix, rowOf } from './matrix.ts';
import { moments } from './moments.ts';
import {
  type Amount,
  type LoggedAmount,
  logged,
  loggedLine,
  type MultiplicativeRegression,
} from './multiplicative-regression.ts';

/** Smaller amounts than these of the smallest that is known count as it. */
const LEAST = 0.5;
/** What is said goes on beyond what is known by this share of the range of its logarithms. */
const BEYOND = 1;

export interface ProductColumns {
  /** Standardised columns of numbers; those are logged of which all values are above 0. */
  readonly amounts: readonly Amount[];
  /** Other columns, which the line takes as they are. */
  readonly plain: readonly number[];
}

/** What a product is learned of: one view of each column of rows. */
export function productColumns({
  amounts,
  forTrees,
}: Pick<Encoder, 'amounts' | 'forTrees'>): ProductColumns {
  const own = new Set(amounts.map(({ column }) => column));
  return { amounts, plain: forTrees.filter((j) => !own.has(j)) };
}

export interface MultiplicativeOptions extends ProductColumns {
  /** Where 0 lies on the scale of y. */
  readonly zero: number;
  readonly seed?: number;
}

/** @param y above zero [rows] */
export function fitMultiplicativeRegression(
  x: Matrix,
  y: Float64Array,
  { amounts, plain, zero, seed = 0 }: MultiplicativeOptions,
): MultiplicativeRegression {
  const logs = amounts.map((amount) => loggedAmount(x, amount));
  const taken = logs.filter((amount) => amount !== null);
  const linear = [
    ...plain,
    ...amounts.filter((_, at) => logs[at] === null).map(({ column }) => column),
  ];
  const wide = emptyMatrix(x.rows, linear.length + taken.length);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(x, i);
    const into = rowOf(wide, i);
    for (const [at, j] of linear.entries()) into[at] = row[j] as number;
    for (const [at, amount] of taken.entries()) into[linear.length + at] = logged(row, amount);
  }
  const target = y.map((value) => Math.log(value - zero));
  const { mean, sd } = moments(target);
  const line = fitRidgeRegression(
    wide,
    target.map((value) => (value - mean) / sd),
    seed,
  );
  const weights = line.weights.map((weight) => weight * sd);
  weights[weights.length - 1] = (weights.at(-1) as number) + mean;
  const said = loggedLine({ plain: linear, amounts: taken, weights }, x);
  const [least, most] = [Math.min(...target), Math.max(...target)];
  const beyond = BEYOND * (most - least);
  const [from, to] = [least - beyond, most + beyond];
  return {
    kind: 'multiplicative-regression',
    lambda: line.lambda,
    plain: linear,
    amounts: taken,
    weights,
    from,
    to,
    factor: factorOf(said, y, zero),
    zero,
  };
}

/** An amount with what is known of its logarithms; null where one has none. */
function loggedAmount(x: Matrix, amount: Amount): LoggedAmount | null {
  const { column, origin, unit } = amount;
  const values = Array.from({ length: x.rows }, (_, i) => {
    return origin + unit * (rowOf(x, i)[column] as number);
  });
  const least = Math.min(...values);
  if (!(least > 0)) return null;
  return { ...amount, least: LEAST * least, ...moments(values.map(Math.log)) };
}

/** f with the least squared error. */
function factorOf(said: Float64Array, y: Float64Array, zero: number): number {
  let [product, square] = [0, 0];
  for (const [i, value] of said.entries()) {
    const power = Math.exp(value);
    product += power * ((y[i] as number) - zero);
    square += power ** 2;
  }
  return product / square;
}
