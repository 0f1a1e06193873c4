/** A random forest for quantities: a value is the mean of what the trees' leaves hold. */
import type { Matrix } from './matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { sumOfLeaves } from './tree-walk.ts';

export interface RegressionForest {
  readonly kind: 'regression-forest';
  readonly nodes: TreeNodes;
}

/** Values [rows]. */
export function predictRegressionForest(model: RegressionForest, x: Matrix): Float64Array {
  return meanOfSums(model, sumOfLeaves(model.nodes, x));
}

/** The same from the sums of its leaves. */
export function meanOfSums({ nodes }: RegressionForest, sums: Float64Array): Float64Array {
  const trees = nodes.roots.length;
  return sums.map((sum) => sum / trees);
}
