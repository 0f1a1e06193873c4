/**
 * Gradient-boosted trees (Friedman 2001; second order as in Chen and Guestrin 2016): each tree is grown
 * on the derivatives of the log-loss of those before it, g = p − y, h = p(1 − p), on a part of the rows.
 * Two classes: one tree a round for the log-odds; more: one for each class's score.
 */
import { seededRandom } from '@quaestor/peft';
import { binFeatures } from './bins.ts';
import { type BoostedTrees, probabilitiesOf } from './boosted-trees.ts';
import { type ColumnPair, columnsToCut, withPairs } from './column-pairs.ts';
import { drawRows } from './draw-rows.ts';
import { growGradientTree } from './gradient-tree.ts';
import type { Matrix } from './matrix.ts';
import { TreeBuilder } from './tree-nodes.ts';

export interface BoostedTreesOptions {
  readonly rounds?: number;
  readonly rate?: number;
  readonly depth?: number;
  /** Added to Σh in a leaf, so that leaves of few rows say little. */
  readonly lambda?: number;
  /** Columns that are looked at; default all. */
  readonly columns?: readonly number[];
  /** Whose sums and differences are looked at, too; default none. */
  readonly pairs?: readonly ColumnPair[];
  /** Share of the rows of a round, and of the features of a split. */
  readonly share?: number;
  /** Rows of a round at most; default 8192. */
  readonly rowsPerTree?: number;
  readonly seed?: number;
}

/** @param labels class of each row, 0 … classes−1 */
export function fitBoostedTrees(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  {
    rounds = 80,
    rate = 0.1,
    depth = 3,
    lambda = 2,
    columns,
    pairs = [],
    share = 0.6,
    rowsPerTree = 8192,
    seed = 0,
  }: BoostedTreesOptions = {},
): BoostedTrees {
  const random = seededRandom(seed);
  const wide = withPairs(x, pairs);
  const binned = binFeatures(wide);
  const outputs = classes === 2 ? 1 : classes;
  const scores = new Float64Array(x.rows * outputs);
  const builders = Array.from({ length: outputs }, () => new TreeBuilder());
  const among = columnsToCut(x, pairs, columns);
  const options = {
    among,
    features: Math.max(1, Math.ceil(share * among.length)),
    depth,
    lambda,
    leastHessian: 0.1,
    rate,
    random,
  };
  for (let round = 0; round < rounds; round++) {
    const rows = drawRows(x.rows, Math.min(Math.ceil(share * x.rows), rowsPerTree), random);
    const probabilities = probabilitiesOf(scores, classes);
    for (let k = 0; k < outputs; k++) {
      const label = classes === 2 ? 1 : k;
      const gradient = new Float64Array(x.rows);
      const hessian = new Float64Array(x.rows);
      for (const row of rows) {
        const p = probabilities[row * classes + label] as number;
        gradient[row] = p - (labels[row] === label ? 1 : 0);
        hessian[row] = Math.max(p * (1 - p), 1e-6);
      }
      const builder = builders[k] as TreeBuilder;
      growGradientTree(builder, binned, rows.slice(), gradient, hessian, options);
      builder.addLastTree(wide, scores, k, outputs);
    }
  }
  const nodes = builders.map((builder) => builder.finish(1));
  return { kind: 'boosted-trees', classes, pairs, nodes };
}
