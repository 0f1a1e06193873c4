/** Models that are asked of the same rows, and the weighted mean of what they say. */
import type { Matrix } from '../baseline/matrix.ts';
import { sumsOfLeaves, type WalkedTrees } from '../baseline/tree-walk.ts';

/** A model, and its weight in the mean. */
export interface Weighed<Model> {
  readonly weight: number;
  readonly model: Model;
}

/** How models of some kinds are asked. */
export interface Asking<Model> {
  treesOf(model: Model): readonly WalkedTrees[];
  /** @param sums of the leaves of its trees, in their order @returns numbers of each row */
  opinionOf(model: Model, x: Matrix, sums: readonly Float64Array[]): Float64Array;
}

/** They last as long as their models. */
const treesOfMembers = new WeakMap<readonly Weighed<unknown>[], readonly WalkedTrees[]>();

/** What each says of the rows; the trees of all are asked together, for much of what they ask is the same. */
export function opinionsOfMembers<Model>(
  members: readonly Weighed<Model>[],
  x: Matrix,
  { treesOf, opinionOf }: Asking<Model>,
): Float64Array[] {
  const trees = treesOfMembers.get(members) ?? members.flatMap(({ model }) => treesOf(model));
  treesOfMembers.set(members, trees);
  const sums = sumsOfLeaves(trees, x);
  return members.map(({ model }) => opinionOf(model, x, sums.splice(0, treesOf(model).length)));
}

/** The weighted mean of what members say. */
export function meanOfMembers<Model>(
  members: readonly Weighed<Model>[],
  x: Matrix,
  asking: Asking<Model>,
): Float64Array {
  return meanOfOpinions(
    opinionsOfMembers(members, x, asking),
    members.map(({ weight }) => weight),
  );
}

/** The weighted mean of what several say of the same rows. */
export function meanOfOpinions(
  said: readonly Float64Array[],
  weights: readonly number[],
): Float64Array {
  const result = new Float64Array(said[0]?.length ?? 0);
  for (const [m, p] of said.entries()) {
    const weight = weights[m] as number;
    for (let i = 0; i < result.length; i++) {
      result[i] = (result[i] as number) + weight * (p[i] as number);
    }
  }
  return result;
}
