/**
 * A product of powers: y = f · e^b · Πⱼ xⱼ^aⱼ · e^(w·z) (Cobb and Douglas 1928; hedonic prices), of amounts xⱼ > 0
 * and of other columns z. A line through logarithms, so that products and ratios of columns are told.
 */
import { type Matrix, rowOf } from './matrix.ts';

/** A column of rows that is standardised, and all of whose values are above 0. */
export interface Amount {
  readonly column: number;
  /** Value = origin + unit · entry. */
  readonly origin: number;
  readonly unit: number;
}

/** An amount as the line takes it: (ln max(value, least) − mean) / sd. */
export interface LoggedAmount extends Amount {
  readonly least: number;
  readonly mean: number;
  readonly sd: number;
}

export interface MultiplicativeRegression {
  readonly kind: 'multiplicative-regression';
  readonly lambda: number;
  /** Columns that are taken as they are. */
  readonly plain: readonly number[];
  readonly amounts: readonly LoggedAmount[];
  /** [plain + amounts + 1], the intercept last; of ln(y − zero). */
  readonly weights: readonly number[];
  /** What the line says is held within. */
  readonly from: number;
  readonly to: number;
  /** f: a mean of logarithms is that of a smaller value. */
  readonly factor: number;
  /** Where 0 lies on the scale of what is predicted. */
  readonly zero: number;
}

/** Values [rows]. */
export function predictMultiplicativeRegression(
  model: MultiplicativeRegression,
  x: Matrix,
): Float64Array {
  const logarithms = loggedLine(model, x);
  const { from, to, factor, zero } = model;
  return logarithms.map((value) => zero + factor * Math.exp(Math.min(to, Math.max(from, value))));
}

/** What the line says, without its limits [rows]. */
export function loggedLine(
  { plain, amounts, weights }: Pick<MultiplicativeRegression, 'plain' | 'amounts' | 'weights'>,
  x: Matrix,
): Float64Array {
  const behind = plain.length;
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const row = rowOf(x, i);
    let sum = weights[behind + amounts.length] as number;
    for (const [at, j] of plain.entries()) sum += (weights[at] as number) * (row[j] as number);
    for (const [at, amount] of amounts.entries()) {
      sum += (weights[behind + at] as number) * logged(row, amount);
    }
    return sum;
  });
}

/** The standardised logarithm of an amount of a row. */
export function logged(row: Float64Array, amount: LoggedAmount): number {
  const { column, origin, unit, least, mean, sd } = amount;
  const value = origin + unit * (row[column] as number);
  return (Math.log(Math.max(value, least)) - mean) / sd;
}
