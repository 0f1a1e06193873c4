/**
 * exp(x) of x ≤ 0 by a table and Taylor's series of what is left, x = −i/64 − r with 0 ≤ r < 1/64; absolute
 * error below 1e−11. Below −40 it is 0. Several times as fast as Math.exp, which kernels call for
 * every pair of rows.
 */
const PARTS = 64;
const LEAST = -40;

/** exp(−i/64). */
export const TABLE = Float64Array.from({ length: 1 - PARTS * LEAST }, (_, i) =>
  Math.exp(-i / PARTS),
);

export function fastExp(x: number): number {
  if (!(x > LEAST)) return x <= LEAST ? 0 : Number.NaN;
  const part = (-x * PARTS) | 0;
  const rest = x + part / PARTS;
  const series = 1 + rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24))));
  return (TABLE[part] as number) * series;
}
