/** The models of a standardised quantity, of whose values the weighted mean is told. */
import type { BoostedRegression } from '../baseline/boosted-regression.ts';
import { type KernelRegression, predictKernelRegression } from '../baseline/kernel-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { meanOfSums, type RegressionForest } from '../baseline/regression-forest.ts';
import { predictRidgeRegression, type RidgeRegression } from '../baseline/ridge-regression.ts';
import { sumsOfLeaves, type WalkedTrees } from '../baseline/tree-walk.ts';
import { meanOfOpinions } from './tabular-model.ts';

export type QuantityMember =
  | RidgeRegression
  | RegressionForest
  | KernelRegression
  | BoostedRegression;

/** A model, and its weight in the mean. */
export interface WeighedQuantityMember {
  readonly weight: number;
  readonly model: QuantityMember;
}

/** Values [rows]. */
export function predictQuantity(
  members: readonly WeighedQuantityMember[],
  x: Matrix,
): Float64Array {
  return meanOfOpinions(
    valuesOf(members, x),
    members.map(({ weight }) => weight),
  );
}

/** Values [rows]. */
export function predictQuantityMember(model: QuantityMember, x: Matrix): Float64Array {
  return valuesOf([{ weight: 1, model }], x)[0] as Float64Array;
}

/** They last as long as their models. */
const treesOfMembers = new WeakMap<readonly WeighedQuantityMember[], readonly WalkedTrees[]>();

/** Of each; the trees of all are asked together, for much of what they ask is the same. */
function valuesOf(members: readonly WeighedQuantityMember[], x: Matrix): Float64Array[] {
  const trees = treesOfMembers.get(members) ?? members.flatMap(({ model }) => treesOf(model));
  treesOfMembers.set(members, trees);
  const sums = sumsOfLeaves(trees, x);
  return members.map(({ model }) =>
    saidBy(model, x, 'nodes' in model ? (sums.shift() as Float64Array) : null),
  );
}

/** @param sums of the leaves of its trees */
function saidBy(model: QuantityMember, x: Matrix, sums: Float64Array | null): Float64Array {
  switch (model.kind) {
    case 'ridge-regression':
      return predictRidgeRegression(model, x);
    case 'kernel-regression':
      return predictKernelRegression(model, x);
    case 'regression-forest':
      return meanOfSums(model, sums as Float64Array);
    case 'boosted-regression':
      return sums as Float64Array;
  }
}

function treesOf(model: QuantityMember): readonly WalkedTrees[] {
  return 'nodes' in model ? [{ nodes: model.nodes, pairs: [] }] : [];
}
