/** Mean and standard deviation of a column's numbers. */

export interface Moments {
  readonly mean: number;
  /** Of the population; 1 where nothing varies. */
  readonly sd: number;
}

/** Two writings of one number differ by rounding alone. */
const ROUNDING = 10 * Number.EPSILON;

/** Numbers of any size: sums of squares of 1e200 would be none. */
export function moments(values: ArrayLike<number>): Moments {
  const all = Array.from(values);
  const most = all.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const unit = most > 1e150 || (most > 0 && most < 1e-150) ? most : 1;
  const count = Math.max(1, all.length);
  const mean = all.reduce((sum, value) => sum + value / unit, 0) / count;
  const variance = all.reduce((sum, value) => sum + (value / unit - mean) ** 2, 0) / count;
  const sd = Math.sqrt(variance);
  return sd <= ROUNDING * Math.abs(mean)
    ? { mean: mean * unit, sd: 1 }
    : { mean: mean * unit, sd: sd * unit };
}

/** A column with a few numbers so far out that the others would be one beside them. */
const FAR_OUT = 1e4;
const CORE = { from: 0.05, to: 0.95, fewest: 20 };

/**
 * The moments of the middle nine tenths where what is left out is thousands of times as far away: 9999999999
 * for nothing among prices. null elsewhere.
 */
export function coreMoments(values: readonly number[], { sd }: Moments): Moments | null {
  if (values.length < CORE.fewest) return null;
  const sorted = Float64Array.from(values).sort();
  const core = sorted.subarray(
    Math.floor(CORE.from * sorted.length),
    Math.ceil(CORE.to * sorted.length),
  );
  const inner = moments(core);
  const varies = core[0] !== core[core.length - 1];
  return varies && sd > FAR_OUT * inner.sd ? inner : null;
}
