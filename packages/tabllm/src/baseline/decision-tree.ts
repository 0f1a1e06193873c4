/**
 * Trees of a forest: at each node, of some features drawn anew, the split that lowers Gini's impurity
 * most; grown until leaves are pure. Splits are the best ones (CART, Breiman et al. 1984) or one drawn
 * at random for each feature (extremely randomised trees, Geurts et al. 2006).
 */
import type { Random } from '@quaestor/peft';
import { type Binned, drawNext } from './bins.ts';
import { partition } from './partition.ts';
import type { TreeBuilder } from './tree-nodes.ts';

export interface GrowOptions {
  readonly classes: number;
  readonly among: readonly number[];
  /** Features looked at for a split, of those. */
  readonly features: number;
  readonly cuts: 'best' | 'random';
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
  builder: TreeBuilder,
  binned: Binned,
  labels: Int32Array,
  weights: Float64Array,
  { classes, among, features, cuts, random }: GrowOptions,
): void {
  const { bins, lowest, highest } = binned;
  const count = labels.length;
  const rows = Int32Array.from(labels.keys()).filter((i) => (weights[i] as number) > 0);
  const order = Int32Array.from(among);
  const histogram = new Float64Array(256 * classes);
  // Of each bin the rows that are in it: with many classes to look at empty ones takes longest.
  const filled = new Int32Array(256);
  const leftSums = new Float64Array(classes);
  const nodes = [{ start: 0, end: rows.length, node: builder.root() }];
  for (let next = nodes.pop(); next; next = nodes.pop()) {
    const { start, end, node } = next;
    const sums = classSums(start, end);
    const split = gini(sums) > 1e-12 ? chooseSplit(start, end, sums) : null;
    if (split === null) {
      const total = sum(sums);
      builder.leaf(
        node,
        sums.map((value) => value / total),
      );
      continue;
    }
    const middle = partition(rows, start, end, bins, split.feature * count, split.bin);
    const { left, right } = builder.split(node, split.feature, split.threshold);
    nodes.push({ start, end: middle, node: left }, { start: middle, end, node: right });
  }

  function classSums(start: number, end: number): Float64Array {
    const sums = new Float64Array(classes);
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const label = labels[row] as number;
      sums[label] = (sums[label] as number) + (weights[row] as number);
    }
    return sums;
  }

  function chooseSplit(start: number, end: number, sums: Float64Array): Split | null {
    let best: Split | null = null;
    for (let seen = 0; seen < order.length; seen++) {
      // Features that do not vary here are passed over until one does.
      if (seen >= features && best !== null) break;
      const feature = drawNext(order, seen, random);
      const found = splitOf(feature, start, end, sums);
      if (found && (best === null || found.impurity < best.impurity)) best = found;
    }
    return best;
  }

  function splitOf(feature: number, start: number, end: number, sums: Float64Array): Split | null {
    const low = lowest[feature] as Float64Array;
    const high = highest[feature] as Float64Array;
    const column = feature * count;
    filled.fill(0);
    let [first, last] = [low.length, -1];
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const bin = bins[column + row] as number;
      if (bin < first) first = bin;
      if (bin > last) last = bin;
      const cell = bin * classes;
      if (filled[bin] === 0) histogram.fill(0, cell, cell + classes);
      filled[bin] = (filled[bin] as number) + 1;
      const own = cell + (labels[row] as number);
      histogram[own] = (histogram[own] as number) + (weights[row] as number);
    }
    if (first >= last) return null;
    const drawn =
      cuts === 'random'
        ? (low[first] as number) + random.next() * ((low[last] as number) - (low[first] as number))
        : Number.NaN;
    leftSums.fill(0);
    const total = sum(sums);
    let [leftTotal, previous] = [0, -1];
    let best: Split | null = null;
    for (let bin = first; bin <= last; bin++) {
      if (filled[bin] === 0) continue;
      let here = 0;
      for (let k = 0; k < classes; k++) here += histogram[bin * classes + k] as number;
      // A drawn threshold splits before the first bin that begins above it.
      if (previous >= 0 && !((low[bin] as number) <= drawn)) {
        let [leftSquares, rightSquares] = [0, 0];
        for (let k = 0; k < classes; k++) {
          const left = leftSums[k] as number;
          leftSquares += left * left;
          rightSquares += ((sums[k] as number) - left) ** 2;
        }
        const impurity = total - leftSquares / leftTotal - rightSquares / (total - leftTotal);
        if (cuts === 'random') {
          // A bin of many values goes to one side whole.
          const threshold = Math.max(drawn, high[previous] as number);
          return { feature, bin: previous, threshold, impurity };
        }
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
}

function gini(sums: Float64Array): number {
  const total = sum(sums);
  return 1 - sums.reduce((left, value) => left + (value / total) ** 2, 0);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
