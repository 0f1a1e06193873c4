/** A random forest: a probability is the mean of what the trees' leaves hold. */
import type { ColumnPair } from './column-pairs.ts';
import type { Matrix } from './matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { sumOfLeaves } from './tree-walk.ts';

export interface RandomForest {
  readonly kind: 'random-forest';
  readonly classes: number;
  /** Whose sums and differences the trees look at, too. */
  readonly pairs: readonly ColumnPair[];
  readonly nodes: TreeNodes;
}

/** Probabilities [rows, K]. */
export function predictRandomForest(model: RandomForest, x: Matrix): Float64Array {
  return meansOfTrees(model, sumOfLeaves(model.nodes, x, model.pairs));
}

/** The same from the sums of leaves, which it replaces. */
export function meansOfTrees({ nodes }: RandomForest, sums: Float64Array): Float64Array {
  const trees = nodes.roots.length;
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) / trees;
  return sums;
}
