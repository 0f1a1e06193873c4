/**
 * What a kernel is made of. Of rows whose columns are multiplied by √r, and z_q columns before that:
 *   k(x, z) = a·x·z/N + b·exp(−‖x − z‖²/2N) + c·Σ_q r_q exp(−(x_q − z_q)²)/2N + 1
 */
import type { Matrix } from './matrix.ts';

export interface KernelShape {
  /** √r of each column, what it is multiplied by: [D]. */
  readonly relevance: Float64Array;
  /** Columns that bend by themselves. */
  readonly bent: readonly number[];
  /** One, or several that are averaged by their evidence. */
  readonly scales: readonly KernelScales[];
}

export interface KernelScales {
  /** a */
  readonly line: number;
  /** b */
  readonly curve: number;
  /** c */
  readonly bend: number;
  /** Variance of the labels around what the kernel says; only where they are numbers. */
  readonly noise?: number;
}

/** Half a line and half a curve of columns that all count the same, for labels too few to say more. */
export function plainShape(columns: number): KernelShape {
  return {
    relevance: new Float64Array(columns).fill(1),
    bent: [],
    scales: [1, 4, 16].map((half) => ({ line: half, curve: half, bend: 0 })),
  };
}

/** Mean ‖x − mean‖² of the rows: the N of the kernel, best taken from unlabelled rows, too. */
export function kernelNorm(x: Matrix): number {
  let norm = 0;
  for (let j = 0; j < x.columns; j++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < x.rows; i++) {
      const value = x.values[i * x.columns + j] as number;
      sum += value;
      squares += value * value;
    }
    norm += squares / x.rows - (sum / x.rows) ** 2;
  }
  return norm > 0 ? norm : 1;
}
