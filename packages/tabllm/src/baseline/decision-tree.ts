/**
 * One tree of a forest (CART, Breiman et al. 1984): at each node the split of some features, drawn
 * anew, that lowers Gini's impurity most; grown until leaves are pure.
 */
import type { Random } from '@quaestor/peft';
import type { Binned } from './bins.ts';

/** Nodes as parallel lists; node 0 is the root. A leaf has feature −1 and its class shares at `left`. */
export interface DecisionTree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Class shares of the leaves, one after the other. */
  readonly shares: Float64Array;
}

export interface GrowOptions {
  readonly classes: number;
  /** Features looked at for a split. */
  readonly features: number;
  readonly random: Random;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly threshold: number;
  readonly impurity: number;
}

/** @param weights of each row; rows of weight 0 are left out */
export function growTree(
  { bins, lowest, highest }: Binned,
  labels: Int32Array,
  weights: Float64Array,
  { classes, features, random }: GrowOptions,
): DecisionTree {
  const count = labels.length;
  const rows = Int32Array.from(labels.keys()).filter((i) => (weights[i] as number) > 0);
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    right: [] as number[],
    shares: [] as number[],
  };
  const order = Int32Array.from(lowest.keys());
  const histogram = new Float64Array(256 * classes);
  const leftSums = new Float64Array(classes);
  const nodes: { start: number; end: number; node: number }[] = [];
  const open = (start: number, end: number): number => {
    const node = tree.feature.push(-1) - 1;
    tree.threshold.push(0);
    tree.left.push(0);
    tree.right.push(0);
    nodes.push({ start, end, node });
    return node;
  };
  open(0, rows.length);
  for (let next = nodes.pop(); next; next = nodes.pop()) {
    const { start, end, node } = next;
    const sums = classSums(start, end);
    const split = gini(sums) > 1e-12 ? bestSplit(start, end, sums) : null;
    if (split === null) {
      tree.left[node] = tree.shares.length;
      const total = sums.reduce((sum, value) => sum + value, 0);
      for (const sum of sums) tree.shares.push(sum / total);
      continue;
    }
    const middle = partition(start, end, split);
    tree.feature[node] = split.feature;
    tree.threshold[node] = split.threshold;
    tree.left[node] = open(start, middle);
    tree.right[node] = open(middle, end);
  }
  return {
    feature: Int32Array.from(tree.feature),
    threshold: Float64Array.from(tree.threshold),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    shares: Float64Array.from(tree.shares),
  };

  function classSums(start: number, end: number): Float64Array {
    const sums = new Float64Array(classes);
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const label = labels[row] as number;
      sums[label] = (sums[label] as number) + (weights[row] as number);
    }
    return sums;
  }

  function bestSplit(start: number, end: number, sums: Float64Array): Split | null {
    let best: Split | null = null;
    for (let seen = 0; seen < order.length; seen++) {
      // Features that do not vary here are passed over until one does.
      if (seen >= features && best !== null) break;
      const pick = seen + random.integer(order.length - seen);
      const feature = order[pick] as number;
      order[pick] = order[seen] as number;
      order[seen] = feature;
      const found = splitOf(feature, start, end, sums);
      if (found && (best === null || found.impurity < best.impurity)) best = found;
    }
    return best;
  }

  function splitOf(feature: number, start: number, end: number, sums: Float64Array): Split | null {
    const low = lowest[feature] as Float64Array;
    const high = highest[feature] as Float64Array;
    const column = feature * count;
    histogram.fill(0, 0, low.length * classes);
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const cell = (bins[column + row] as number) * classes + (labels[row] as number);
      histogram[cell] = (histogram[cell] as number) + (weights[row] as number);
    }
    leftSums.fill(0);
    const total = sums.reduce((sum, value) => sum + value, 0);
    let [leftTotal, previous] = [0, -1];
    let best: Split | null = null;
    for (let bin = 0; bin < low.length; bin++) {
      let here = 0;
      for (let k = 0; k < classes; k++) here += histogram[bin * classes + k] as number;
      if (here === 0) continue;
      if (previous >= 0) {
        let [leftSquares, rightSquares] = [0, 0];
        for (let k = 0; k < classes; k++) {
          const left = leftSums[k] as number;
          leftSquares += left * left;
          rightSquares += ((sums[k] as number) - left) ** 2;
        }
        const rightTotal = total - leftTotal;
        const impurity = total - leftSquares / leftTotal - rightSquares / rightTotal;
        if (best === null || impurity < best.impurity - 1e-12) {
          const threshold = ((high[previous] as number) + (low[bin] as number)) / 2;
          best = { feature, bin: previous, threshold, impurity };
        }
      }
      for (let k = 0; k < classes; k++) {
        leftSums[k] = (leftSums[k] as number) + (histogram[bin * classes + k] as number);
      }
      leftTotal += here;
      previous = bin;
    }
    return best;
  }

  /** Rows up to the split's bin first. @returns where the others start */
  function partition(start: number, end: number, { feature, bin }: Split): number {
    let [low, high] = [start, end - 1];
    while (low <= high) {
      const row = rows[low] as number;
      if ((bins[feature * count + row] as number) <= bin) low++;
      else {
        rows[low] = rows[high] as number;
        rows[high--] = row;
      }
    }
    return low;
  }
}

function gini(sums: Float64Array): number {
  const total = sums.reduce((sum, value) => sum + value, 0);
  return 1 - sums.reduce((sum, value) => sum + (value / total) ** 2, 0);
}
