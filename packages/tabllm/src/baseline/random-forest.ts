/**
 * Random forest (Breiman 2001): trees on bootstrap samples with √D features a split; a probability is
 * the mean of the leaves' class shares. Classes weigh the same in training.
 */
import { seededRandom } from '@quaestor/peft';
import { binFeatures } from './bins.ts';
import { type DecisionTree, growTree } from './decision-tree.ts';
import type { Matrix } from './matrix.ts';

/** Rows that pass through all trees together: few enough to stay in the cache. */
const BLOCK = 128;

export interface RandomForest {
  readonly kind: 'random-forest';
  readonly classes: number;
  readonly trees: readonly DecisionTree[];
}

export interface RandomForestOptions {
  /** Default 300. */
  readonly trees?: number;
  /** Rows drawn for a tree at most; default 8192. More make a forest slow, not better. */
  readonly rowsPerTree?: number;
  readonly seed?: number;
}

/** @param labels class of each row, 0 … classes−1 */
export function fitRandomForest(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  { trees = 300, rowsPerTree = 8192, seed = 0 }: RandomForestOptions = {},
): RandomForest {
  const random = seededRandom(seed);
  const binned = binFeatures(x);
  const features = Math.max(1, Math.floor(Math.sqrt(x.columns)));
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  const drawn = Math.min(x.rows, rowsPerTree);
  return {
    kind: 'random-forest',
    classes,
    trees: Array.from({ length: trees }, () => {
      const weights = new Float64Array(x.rows);
      for (let i = 0; i < drawn; i++) {
        const row = random.integer(x.rows);
        const share = x.rows / (classes * (counts[labels[row] as number] as number));
        weights[row] = (weights[row] as number) + share;
      }
      return growTree(binned, labels, weights, { classes, features, random });
    }),
  };
}

/** Probabilities [rows, K]. */
export function predictRandomForest({ classes, trees }: RandomForest, x: Matrix): Float64Array {
  const result = new Float64Array(x.rows * classes);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    for (const tree of trees) addShares(tree, x, from, to, classes, result);
  }
  return result.map((sum) => sum / trees.length);
}

function addShares(
  { feature, threshold, left, right, shares }: DecisionTree,
  { columns, values }: Matrix,
  from: number,
  to: number,
  classes: number,
  result: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const start = i * columns;
    let node = 0;
    for (let f = feature[0] as number; f >= 0; f = feature[node] as number) {
      const below = (values[start + f] as number) <= (threshold[node] as number);
      node = (below ? left[node] : right[node]) as number;
    }
    const leaf = left[node] as number;
    for (let k = 0; k < classes; k++) {
      const place = i * classes + k;
      result[place] = (result[place] as number) + (shares[leaf + k] as number);
    }
  }
}
