/**
 * Gradient-boosted regression trees (Friedman 2001): each is grown on what those before it leave, g = f − y
 * and h = 1, on a part of the rows.
 */
import { seededRandom } from '@quaestor/peft';
import { binFeatures } from './bins.ts';
import type { BoostedRegression } from './boosted-regression.ts';
import { drawRows } from './draw-rows.ts';
import { growGradientTree } from './gradient-tree.ts';
import type { Matrix } from './matrix.ts';
import { TreeBuilder } from './tree-nodes.ts';

export interface BoostedRegressionOptions {
  /** Trees; default 150. */
  readonly rounds?: number;
  /** Columns that are looked at; default all. */
  readonly columns?: readonly number[];
  readonly seed?: number;
}

const RATE = 0.08;
const DEPTH = 4;
/** Added to the rows of a leaf, so that leaves of few say little. */
const LAMBDA = 1;
const LEAST_ROWS = 3;
/** Share of the rows of a round, and of the features of a split. */
const SHARE = 0.6;
const ROWS_PER_TREE = 8192;

/** @param y values of mean 0 */
export function fitBoostedRegression(
  x: Matrix,
  y: Float64Array,
  { rounds = 150, columns, seed = 0 }: BoostedRegressionOptions = {},
): BoostedRegression {
  const random = seededRandom(seed);
  const binned = binFeatures(x);
  const among = columns ?? Array.from({ length: x.columns }, (_, j) => j);
  const options = {
    among,
    features: Math.max(1, Math.ceil(SHARE * among.length)),
    depth: DEPTH,
    lambda: LAMBDA,
    leastHessian: LEAST_ROWS,
    rate: RATE,
    random,
  };
  const values = new Float64Array(x.rows);
  const hessian = new Float64Array(x.rows).fill(1);
  const builder = new TreeBuilder();
  for (let round = 0; round < rounds; round++) {
    const rows = drawRows(x.rows, Math.min(Math.ceil(SHARE * x.rows), ROWS_PER_TREE), random);
    const gradient = values.map((value, i) => value - (y[i] as number));
    growGradientTree(builder, binned, rows, gradient, hessian, options);
    builder.addLastTree(x, values, 0, 1);
  }
  return { kind: 'boosted-regression', nodes: builder.finish(1) };
}
