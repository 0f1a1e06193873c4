/**
 * A tree on first and second derivatives (Friedman 2001; Chen and Guestrin 2016): splits by the most
 *   gain = G_l²/(H_l+λ) + G_r²/(H_r+λ) − G²/(H+λ)
 * and −G/(H+λ) in the leaves. With g = −y, h = 1, λ = 0 it is a regression tree: least squares and means.
 */
import type { Random } from '@quaestor/peft';
import { type Binned, drawNext } from './bins.ts';
import { partition } from './partition.ts';
import type { TreeBuilder } from './tree-nodes.ts';

export interface GradientTreeOptions {
  readonly among: readonly number[];
  /** Features looked at for a split, of those. */
  readonly features: number;
  readonly depth: number;
  readonly lambda: number;
  /** Least Σh of a leaf. */
  readonly leastHessian: number;
  /** What a leaf's value is multiplied by. */
  readonly rate: number;
  readonly random: Random;
}

/** @param rows row numbers, repeated ones count as often; reordered */
export function growGradientTree(
  builder: TreeBuilder,
  { bins, lowest, highest }: Binned,
  rows: Int32Array,
  gradient: Float64Array,
  hessian: Float64Array,
  { among, features, depth, lambda, leastHessian, rate, random }: GradientTreeOptions,
): void {
  const count = gradient.length;
  const order = Int32Array.from(among);
  const binGradient = new Float64Array(256);
  const binHessian = new Float64Array(256);
  const nodes = [{ start: 0, end: rows.length, level: 0, node: builder.root() }];
  for (let next = nodes.pop(); next; next = nodes.pop()) {
    const { start, end, level, node } = next;
    let [g, h] = [0, 0];
    for (let i = start; i < end; i++) {
      g += gradient[rows[i] as number] as number;
      h += hessian[rows[i] as number] as number;
    }
    const split = level < depth ? chooseSplit(start, end, g, h) : null;
    if (split === null) {
      builder.leaf(node, [(-rate * g) / (h + lambda)]);
      continue;
    }
    const middle = partition(rows, start, end, bins, split.feature * count, split.bin);
    const { left, right } = builder.split(node, split.feature, split.threshold);
    nodes.push(
      { start, end: middle, level: level + 1, node: left },
      { start: middle, end, level: level + 1, node: right },
    );
  }

  function chooseSplit(start: number, end: number, g: number, h: number) {
    let best: { feature: number; bin: number; threshold: number; gain: number } | null = null;
    for (let seen = 0; seen < order.length; seen++) {
      if (seen >= features && best !== null) break;
      const feature = drawNext(order, seen, random);
      const low = lowest[feature] as Float64Array;
      const high = highest[feature] as Float64Array;
      const column = feature * count;
      binGradient.fill(0, 0, low.length);
      binHessian.fill(0, 0, low.length);
      for (let i = start; i < end; i++) {
        const row = rows[i] as number;
        const bin = bins[column + row] as number;
        binGradient[bin] = (binGradient[bin] as number) + (gradient[row] as number);
        binHessian[bin] = (binHessian[bin] as number) + (hessian[row] as number);
      }
      let [leftG, leftH, previous] = [0, 0, -1];
      for (let bin = 0; bin < low.length; bin++) {
        const here = binHessian[bin] as number;
        if (here === 0) continue;
        const rightH = h - leftH;
        if (previous >= 0 && leftH >= leastHessian && rightH >= leastHessian) {
          const gain =
            leftG ** 2 / (leftH + lambda) +
            (g - leftG) ** 2 / (rightH + lambda) -
            g ** 2 / (h + lambda);
          if (gain > (best?.gain ?? 1e-9)) {
            const threshold = ((high[previous] as number) + (low[bin] as number)) / 2;
            best = { feature, bin: previous, threshold, gain };
          }
        }
        leftG += binGradient[bin] as number;
        leftH += here;
        previous = bin;
      }
    }
    return best;
  }
}
