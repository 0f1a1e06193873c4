/**
 * Sums of low-rank corrections, exactly and without ever building ΔW[out, in]: side by side,
 *   Σ cᵢ·Bᵢ·Aᵢ = [B₁ B₂ …]·[c₁A₁; c₂A₂; …]
 * and by a singular value decomposition of that product through the QR of its factors, whose cost
 * depends on Σ rᵢ alone: B = Q_b·R_b, Aᵀ = Q_a·R_a, so B·A = Q_b·(R_b·R_aᵀ)·Q_aᵀ.
 */
import { multiply, transpose } from '../linear-algebra/product.ts';
import { qrFloat64 } from '../linear-algebra/qr.ts';
import { svdFloat64, type TruncatedSvd } from '../linear-algebra/svd.ts';

/** A correction B·A: A[rank, inputSize], B[outputSize, rank]. */
export interface LowRank {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly rank: number;
  readonly inputSize: number;
  readonly outputSize: number;
}

/** A correction with its coefficient in a sum. */
export interface Term {
  readonly factors: LowRank;
  readonly coefficient: number;
}

/** Singular values below this share of the largest are rounding of float32. */
const ROUNDING = 2 ** -23;
const CANCELLED = 1e-12;

/** Σ cᵢ·Bᵢ·Aᵢ of one term or more, factors side by side: rank Σ rᵢ. The coefficients go into A. */
export function stack(terms: readonly Term[]): LowRank {
  const { inputSize, outputSize } = (terms[0] as Term).factors;
  const rank = terms.reduce((sum, { factors }) => sum + factors.rank, 0);
  const a = new Float64Array(rank * inputSize);
  const b = new Float64Array(outputSize * rank);
  let start = 0;
  for (const { factors, coefficient } of terms) {
    a.set(
      factors.a.map((value) => value * coefficient),
      start * inputSize,
    );
    for (let i = 0; i < outputSize; i++) {
      b.set(factors.b.subarray(i * factors.rank, (i + 1) * factors.rank), i * rank + start);
    }
    start += factors.rank;
  }
  return { a, b, rank, inputSize, outputSize };
}

/** The best approximation of B·A of a given rank; zeros where it has less. */
export function truncate({ a, b, rank, inputSize, outputSize }: LowRank, wanted: number): LowRank {
  const left = qrFloat64(b, outputSize, rank);
  const right = qrFloat64(transpose(a, rank, inputSize), inputSize, rank);
  const [rows, columns] = [Math.min(outputSize, rank), Math.min(inputSize, rank)];
  const core = multiply(left.r, transpose(right.r, columns, rank), rows, rank, columns);
  const { u, s, v } = svdFloat64(core, rows, columns);
  const kept = s.length;
  return fromSvd(
    {
      u: multiply(left.q, u, outputSize, rows, kept),
      s,
      v: multiply(right.q, v, inputSize, columns, kept),
    },
    outputSize,
    inputSize,
    wanted,
  );
}

/** The same correction at the lowest rank that holds it to float32's precision, at least 1. */
export function compress(whole: LowRank): LowRank {
  const { a, b, rank, inputSize, outputSize } = truncate(whole, whole.rank);
  // A's rows have length 1: B's columns carry the singular values.
  const columns = transpose(b, outputSize, rank);
  const sizes = Array.from({ length: rank }, (_, k) =>
    norm(columns.subarray(k * outputSize, (k + 1) * outputSize)),
  );
  // What is left where corrections cancel is rounding of float64.
  const cancelled = CANCELLED * norm(whole.a) * norm(whole.b);
  const limit = Math.max((sizes[0] ?? 0) * ROUNDING, cancelled);
  const kept = Math.max(1, sizes.filter((size) => size > limit).length);
  return resize({ a, b, rank, inputSize, outputSize }, kept);
}

/** B = U·diag(s) and A = Vᵀ, cut or padded with zeros to a rank. */
export function fromSvd(
  { u, s, v }: TruncatedSvd<Float64Array>,
  outputSize: number,
  inputSize: number,
  rank: number,
): LowRank {
  const b = u.map((value, at) => value * (s[at % s.length] as number));
  const a = transpose(v, inputSize, s.length);
  return resize({ a, b, rank: s.length, inputSize, outputSize }, rank);
}

/** Drops the last rows of A and columns of B, or appends zeros. */
export function resize(whole: LowRank, rank: number): LowRank {
  if (rank === whole.rank) return whole;
  const { inputSize, outputSize } = whole;
  const kept = Math.min(rank, whole.rank);
  const a = new Float64Array(rank * inputSize);
  a.set(whole.a.subarray(0, kept * inputSize));
  const b = new Float64Array(outputSize * rank);
  for (let i = 0; i < outputSize; i++) {
    b.set(whole.b.subarray(i * whole.rank, i * whole.rank + kept), i * rank);
  }
  return { a, b, rank, inputSize, outputSize };
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
