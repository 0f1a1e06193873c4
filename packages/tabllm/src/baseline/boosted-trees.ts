/** Boosted trees: the leaves of all trees of a class sum to its score; two classes have one score. */
import type { ColumnPair } from './column-pairs.ts';
import type { Matrix } from './matrix.ts';
import { softmaxInPlace } from './softmax.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { sumOfLeaves } from './tree-walk.ts';

export interface BoostedTrees {
  readonly kind: 'boosted-trees';
  readonly classes: number;
  /** Whose sums and differences the trees look at, too. */
  readonly pairs: readonly ColumnPair[];
  /** Trees of each class; with two classes those of class 1 alone. */
  readonly nodes: readonly TreeNodes[];
}

/** Probabilities [rows, K]. */
export function predictBoostedTrees(model: BoostedTrees, x: Matrix): Float64Array {
  const sums = model.nodes.map((trees) => sumOfLeaves(trees, x, model.pairs));
  return probabilitiesOfSums(model, sums);
}

/** The same from the sums of leaves of each class's trees. */
export function probabilitiesOfSums(
  { classes }: BoostedTrees,
  sums: readonly Float64Array[],
): Float64Array {
  const outputs = sums.length;
  const rows = sums[0]?.length ?? 0;
  const scores = new Float64Array(rows * outputs);
  for (const [k, own] of sums.entries()) {
    for (let row = 0; row < rows; row++) scores[row * outputs + k] = own[row] as number;
  }
  return probabilitiesOf(scores, classes);
}

/** Scores → probabilities [rows, K]. @param scores [rows, K], or those of class 1 alone where there are two */
export function probabilitiesOf(scores: Float64Array, classes: number): Float64Array {
  if (classes === 2) {
    const result = new Float64Array(2 * scores.length);
    for (let row = 0; row < scores.length; row++) {
      const p = 1 / (1 + Math.exp(-(scores[row] as number)));
      result[2 * row] = 1 - p;
      result[2 * row + 1] = p;
    }
    return result;
  }
  const result = Float64Array.from(scores);
  for (let start = 0; start < result.length; start += classes) {
    softmaxInPlace(result.subarray(start, start + classes));
  }
  return result;
}
