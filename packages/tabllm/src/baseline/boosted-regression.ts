/** Boosted regression trees: a value is the sum of what the trees' leaves hold. */
import type { TreeNodes } from './tree-nodes.ts';

export interface BoostedRegression {
  readonly kind: 'boosted-regression';
  readonly nodes: TreeNodes;
}
