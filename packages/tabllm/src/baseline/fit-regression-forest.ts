/** Random forest for quantities (Breiman 2001): bootstrap samples, a third of the features a split. */
import { seededRandom } from '@quaestor/peft';
import { binFeatures } from './bins.ts';
import { growGradientTree } from './gradient-tree.ts';
import type { Matrix } from './matrix.ts';
import type { RegressionForest } from './regression-forest.ts';
import { TreeBuilder } from './tree-nodes.ts';

export interface RegressionForestOptions {
  /** Default 300. */
  readonly trees?: number;
  /** Columns that are looked at; default all. */
  readonly columns?: readonly number[];
  /** Rows of a leaf at least; default 3. */
  readonly leastRows?: number;
  /** Rows drawn for a tree at most; default 8192. */
  readonly rowsPerTree?: number;
  readonly seed?: number;
}

export function fitRegressionForest(
  x: Matrix,
  y: Float64Array,
  {
    trees = 300,
    columns,
    leastRows = 3,
    rowsPerTree = 8192,
    seed = 0,
  }: RegressionForestOptions = {},
): RegressionForest {
  const random = seededRandom(seed);
  const binned = binFeatures(x);
  const gradient = y.map((value) => -value);
  const hessian = new Float64Array(x.rows).fill(1);
  const among = columns ?? Array.from({ length: x.columns }, (_, j) => j);
  const builder = new TreeBuilder();
  for (let tree = 0; tree < trees; tree++) {
    const rows = Int32Array.from({ length: Math.min(x.rows, rowsPerTree) }, () =>
      random.integer(x.rows),
    );
    growGradientTree(builder, binned, rows, gradient, hessian, {
      among,
      features: Math.max(1, Math.ceil(among.length / 3)),
      depth: 32,
      lambda: 0,
      leastHessian: leastRows,
      rate: 1,
      random,
    });
  }
  return { kind: 'regression-forest', nodes: builder.finish(1) };
}
