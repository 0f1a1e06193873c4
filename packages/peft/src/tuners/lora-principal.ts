/**
 * Factors taken out of the base weight, W = W₀ + s·B·A:
 *   PiSSA (Meng et al. 2024, arXiv 2404.02948): W ≈ U·S·Vᵀ,  A = √(S/s)·Vᵀ,  B = U·√(S/s)
 *   OLoRA (Büyükakyüz 2024, arXiv 2406.01775):  W = Q·R,     A = R's first r rows, B = Q's first r columns
 */
import { leadingSvd } from '../linear-algebra/leading-svd.ts';
import { multiplyTransposed } from '../linear-algebra/product.ts';
import { qr } from '../linear-algebra/qr.ts';
import { randomizedSvd, type TruncatedSvd } from '../linear-algebra/svd.ts';
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

/** @param iterations of the randomised decomposition; null: the exact one, which draws nothing */
export function pissa(iterations: number | null): SplitWeight {
  return (weight, rows, columns, rank, scale, random) => {
    if (iterations === null) return principalFactors(weight, rows, columns, rank, scale);
    const options = { niter: iterations, random };
    return sharedFactors(randomizedSvd(weight, rows, columns, rank, options), scale);
  };
}

/** The best s·B·A of a rank, B·A in equal shares of the singular values: the same for the same weight. */
export function principalFactors(
  weight: Float32Array,
  rows: number,
  columns: number,
  rank: number,
  scale: number,
): { readonly a: Float32Array; readonly b: Float32Array } {
  return sharedFactors(leadingSvd(weight, rows, columns, rank), scale);
}

/** U·S·Vᵀ = s·B·A as B = U·√(S/s), A = √(S/s)·Vᵀ. */
function sharedFactors(
  { u, s, v }: TruncatedSvd,
  scale: number,
): { readonly a: Float32Array; readonly b: Float32Array } {
  const rank = s.length;
  const columns = v.length / rank;
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
