/**
 * LoftQ (Li et al. 2023, arXiv 2310.08659, alg. 1): factors that make up for a quantised base,
 *   alternately Q = quantise(W − s·B·A) and s·B·A = the best rank-r approximation of W − Q
 * The base is stored here as Q's float values: it behaves like a 4- or 8-bit model and is none.
 * The base of a second iteration depends on the factors of the first: they are exact, so that the
 * configuration alone makes it again. HF-PEFT leaves s out of A and B, which is right only for α = r.
 */
import { multiply } from '../linear-algebra/product.ts';
import { principalFactors, type SplitWeight } from './lora-principal.ts';

/**
 * The sixteen levels of NF4 (Dettmers et al. 2023, arXiv 2305.14314, app. E): quantiles of a normal
 * distribution, scaled to [−1, 1], with an exact zero.
 */
const NF4 = [
  -1, -0.6961928, -0.52507305, -0.3949175, -0.28444138, -0.18477343, -0.091050036, 0, 0.0795803,
  0.1609302, 0.2461123, 0.33791524, 0.44070983, 0.562617, 0.72295684, 1,
] as const;
/** Values that share one scale. */
const NF4_BLOCK = 64;

/** @param bits 4: NF4 in blocks of 64, 8: whole numbers by rows */
export function loftq(bits: 4 | 8, iterations: number): SplitWeight {
  return (weight, rows, columns, rank, scale) => {
    let a: Float32Array = new Float32Array(rank * columns);
    let b: Float32Array = new Float32Array(rows * rank);
    let base: Float32Array = weight;
    for (let i = 0; i < iterations; i++) {
      const corrected = multiply(Float64Array.from(b), Float64Array.from(a), rows, rank, columns);
      const rest = weight.map((value, k) => value - scale * (corrected[k] as number));
      base = bits === 4 ? quantiseNormalFloat(rest) : quantiseRows(rest, columns);
      const error = weight.map((value, k) => value - (base[k] as number));
      ({ a, b } = principalFactors(error, rows, columns, rank, scale));
    }
    return { a, b, base };
  };
}

/** Each value becomes the nearest level of its block of 64, times the block's largest magnitude. */
export function quantiseNormalFloat(values: Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += NF4_BLOCK) {
    const block = values.subarray(start, start + NF4_BLOCK);
    const largest = block.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest === 0) continue;
    for (const [i, value] of block.entries()) {
      result[start + i] = largest * nearestLevel(value / largest);
    }
  }
  return result;
}

function nearestLevel(value: number): number {
  let nearest: number = NF4[0];
  for (const level of NF4) {
    if (Math.abs(level - value) < Math.abs(nearest - value)) nearest = level;
  }
  return nearest;
}

/** Each value becomes the nearest of 255 steps of its row. */
function quantiseRows(values: Float32Array, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += columns) {
    const row = values.subarray(start, start + columns);
    const step = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    if (step > 0)
      result.set(
        row.map((value) => step * Math.round(value / step)),
        start,
      );
  }
  return result;
}
