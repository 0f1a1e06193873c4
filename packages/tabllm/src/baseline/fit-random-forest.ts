/**
 * Random forest (Breiman 2001): trees on bootstrap samples with √D features a split; a probability is
 * the mean of the leaves' class shares. Classes weigh the same in training. With random cuts it is a
 * forest of extremely randomised trees (Geurts et al. 2006), each on all rows; with pairs of columns, of
 * trees that may cut aslant.
 */
import { seededRandom } from '@quaestor/peft';
import { binFeatures } from './bins.ts';
import { type ColumnPair, columnsToCut, withPairs } from './column-pairs.ts';
import { growTree } from './decision-tree.ts';
import type { Matrix } from './matrix.ts';
import type { RandomForest } from './random-forest.ts';
import { TreeBuilder } from './tree-nodes.ts';

export interface RandomForestOptions {
  /** Default 300. */
  readonly trees?: number;
  /** Default 'best'. */
  readonly cuts?: 'best' | 'random';
  /** Columns that are looked at; default all. */
  readonly columns?: readonly number[];
  /** Whose sums and differences are looked at, too; default none. */
  readonly pairs?: readonly ColumnPair[];
  /** Rows drawn for a tree at most; default 8192. More make a forest slow, not better. */
  readonly rowsPerTree?: number;
  readonly seed?: number;
}

/** @param labels class of each row, 0 … classes−1 */
export function fitRandomForest(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  {
    trees = 300,
    cuts = 'best',
    columns,
    pairs = [],
    rowsPerTree = 8192,
    seed = 0,
  }: RandomForestOptions = {},
): RandomForest {
  const random = seededRandom(seed);
  const wide = withPairs(x, pairs);
  const binned = binFeatures(wide);
  const among = columnsToCut(x, pairs, columns);
  const features = Math.max(1, Math.floor(Math.sqrt(among.length)));
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  const share = (row: number) => x.rows / (classes * (counts[labels[row] as number] as number));
  const whole = cuts === 'random' && x.rows <= rowsPerTree;
  const builder = new TreeBuilder();
  for (let tree = 0; tree < trees; tree++) {
    const weights = new Float64Array(x.rows);
    if (whole) for (let row = 0; row < x.rows; row++) weights[row] = share(row);
    else {
      for (let i = Math.min(x.rows, rowsPerTree); i > 0; i--) {
        const row = random.integer(x.rows);
        weights[row] = (weights[row] as number) + share(row);
      }
    }
    growTree(builder, binned, labels, weights, { classes, among, features, cuts, random });
  }
  return { kind: 'random-forest', classes, pairs, nodes: builder.finish(classes) };
}
