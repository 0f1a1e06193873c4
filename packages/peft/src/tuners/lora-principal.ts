/**
 * Factors taken out of the base weight, W = W₀ + s·B·A:
 *   PiSSA (Meng et al. 2024, arXiv 2404.02948): W ≈ U·S·Vᵀ,  A = √(S/s)·Vᵀ,  B = U·√(S/s)
 *   OLoRA (Büyükakyüz 2024, arXiv 2406.01775):  W = Q·R,     A = R's first r rows, B = Q's first r columns
 */
import { multiplyTransposed } from '../linear-algebra/product.ts';
import { qr } from '../linear-algebra/qr.ts';
import { randomizedSvd, truncatedSvd } from '../linear-algebra/svd.ts';
import type { Random } from '../tensors/random.ts';

/**
 * Splits a weight [rows, columns].
 * @returns a[rank, columns], b[rows, rank], and what stays in the base where it is not W − s·B·A
 */
export type SplitWeight = (
  weight: Float32Array,
  rows: number,
  columns: number,
  rank: number,
  scale: number,
  random: Random,
) => { readonly a: Float32Array; readonly b: Float32Array; readonly base?: Float32Array };

/** Smaller sides up to which the exact decomposition takes less than a second. */
const EXACT = 192;
/** Power iterations in place of it: subspaces are as good as exact unless singular values tie. */
const NEARLY_EXACT = 16;

/** @param iterations of the randomised decomposition; null: exact, or nearly so for large weights */
export function pissa(iterations: number | null): SplitWeight {
  return (weight, rows, columns, rank, scale, random) =>
    principalFactors(weight, rows, columns, rank, scale, random, iterations);
}

/** The best s·B·A of a rank, B·A in equal shares of the singular values. */
export function principalFactors(
  weight: Float32Array,
  rows: number,
  columns: number,
  rank: number,
  scale: number,
  random: Random,
  iterations: number | null = null,
): { readonly a: Float32Array; readonly b: Float32Array } {
  const exact = iterations === null && Math.min(rows, columns) <= EXACT;
  const { u, s, v } = exact
    ? truncatedSvd(weight, rows, columns, rank)
    : randomizedSvd(weight, rows, columns, rank, { niter: iterations ?? NEARLY_EXACT, random });
  const share = Float64Array.from(s, (value) => Math.sqrt(value / scale));
  const a = new Float32Array(rank * columns);
  for (let k = 0; k < rank; k++) {
    for (let j = 0; j < columns; j++) {
      a[k * columns + j] = (share[k] as number) * (v[j * rank + k] as number);
    }
  }
  const b = Float32Array.from(u, (value, i) => value * (share[i % rank] as number));
  return { a, b };
}

export const olora: SplitWeight = (weight, rows, columns, rank) => {
  // Q's first columns come from W's first columns alone, and R's first rows are QᵀW.
  const first = new Float32Array(rows * rank);
  for (let i = 0; i < rows; i++) {
    first.set(weight.subarray(i * columns, i * columns + rank), i * rank);
  }
  const { q } = qr(first, rows, rank);
  const r = multiplyTransposed(
    Float64Array.from(q),
    Float64Array.from(weight),
    rows,
    rank,
    columns,
  );
  return { a: Float32Array.from(r), b: q };
};
