/**
 * Rank → normal score: Φ⁻¹(share of the rows below), van der Waerden's. It makes any column bell-shaped,
 * so that the thousands of a skewed one do not outweigh all the rest.
 */

/** Rising values and their scores; between two of them scores run straight. */
export interface RankScores {
  readonly values: readonly number[];
  readonly scores: readonly number[];
}

const KNOTS = 128;

export function fitRankScores(column: ArrayLike<number>): RankScores {
  const sorted = Float64Array.from(column).sort();
  const values: number[] = [];
  const scores: number[] = [];
  const step = Math.max(1, sorted.length / KNOTS);
  for (let start = 0, next = 0; start < sorted.length; ) {
    const value = sorted[start] as number;
    let end = start + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    // The ends are always kept; in between, one value each 1/128 of the rows.
    if (start >= next || end === sorted.length) {
      values.push(value);
      scores.push(normalQuantile((start + end) / 2 / sorted.length));
      next = start + step;
    }
    start = end;
  }
  return { values, scores };
}

export function rankScore({ values, scores }: RankScores, value: number): number {
  let [low, high] = [0, values.length - 1];
  if (high < 0 || value <= (values[0] as number)) return scores[0] ?? 0;
  if (value >= (values[high] as number)) return scores[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) <= value) low = middle;
    else high = middle;
  }
  const [left, right] = [values[low] as number, values[high] as number];
  const [from, to] = [scores[low] as number, scores[high] as number];
  return from + ((value - left) / (right - left)) * (to - from);
}

/** Φ⁻¹ by Acklam's rational approximation, relative error below 1.2e−9. */
export function normalQuantile(p: number): number {
  const tail = 0.02425;
  if (p > 1 - tail) return -normalQuantile(1 - p);
  if (p < tail) {
    const q = Math.sqrt(-2 * Math.log(Math.max(p, 1e-300)));
    return polynomial(TAIL_ABOVE, q) / (polynomial(TAIL_BELOW, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(ABOVE, r) * q) / (polynomial(BELOW, r) * r + 1);
}

const ABOVE = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const BELOW = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
];
const TAIL_ABOVE = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const TAIL_BELOW = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
