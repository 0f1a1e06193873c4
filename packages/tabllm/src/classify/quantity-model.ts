/** The models of a standardised quantity, of whose values the weighted mean is told. */
import type { BoostedRegression } from '../baseline/boosted-regression.ts';
import { type KernelRegression, predictKernelRegression } from '../baseline/kernel-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import {
  type MultiplicativeRegression,
  predictMultiplicativeRegression,
} from '../baseline/multiplicative-regression.ts';
import { meanOfSums, type RegressionForest } from '../baseline/regression-forest.ts';
import { predictRidgeRegression, type RidgeRegression } from '../baseline/ridge-regression.ts';
import { sumsOfLeaves, type WalkedTrees } from '../baseline/tree-walk.ts';
import { meanOfMembers, type Weighed } from './weighed-members.ts';

export type QuantityMember =
  | RidgeRegression
  | RegressionForest
  | KernelRegression
  | BoostedRegression
  | MultiplicativeRegression;

/** Values [rows]. */
export function predictQuantity(
  members: readonly Weighed<QuantityMember>[],
  x: Matrix,
): Float64Array {
  return meanOfMembers(members, x, { treesOf, opinionOf });
}

/** Values [rows]. */
export function predictQuantityMember(model: QuantityMember, x: Matrix): Float64Array {
  return opinionOf(model, x, sumsOfLeaves(treesOf(model), x));
}

function treesOf(model: QuantityMember): readonly WalkedTrees[] {
  return 'nodes' in model ? [{ nodes: model.nodes, pairs: [] }] : [];
}

/** @param sums of the leaves of its trees */
function opinionOf(model: QuantityMember, x: Matrix, sums: readonly Float64Array[]): Float64Array {
  switch (model.kind) {
    case 'ridge-regression':
      return predictRidgeRegression(model, x);
    case 'kernel-regression':
      return predictKernelRegression(model, x);
    case 'regression-forest':
      return meanOfSums(model, sums[0] as Float64Array);
    case 'boosted-regression':
      return sums[0] as Float64Array;
    case 'multiplicative-regression':
      return predictMultiplicativeRegression(model, x);
  }
}
