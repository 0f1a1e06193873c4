/**
 * The tabular part of the classifier: a weighted mean of the probabilities of several models, pooled with
 * what a language model expects of the columns: log p = log p_models + w · log p_expected, normalised.
 */
import { type BoostedTrees, probabilitiesOfSums } from '../baseline/boosted-trees.ts';
import { type KernelClassifier, predictKernelClassifier } from '../baseline/kernel-classifier.ts';
import {
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { meansOfTrees, type RandomForest } from '../baseline/random-forest.ts';
import { sumsOfLeaves, type WalkedTrees } from '../baseline/tree-walk.ts';
import { logOf, poolLogScores } from './pool-opinions.ts';

export type TabularMember = LogisticRegression | KernelClassifier | RandomForest | BoostedTrees;

/** A model, and its weight in the mean. */
export interface WeighedMember {
  readonly weight: number;
  readonly model: TabularMember;
}

export interface TabularModel {
  readonly classes: number;
  /** None where there were no labels. */
  readonly members: readonly WeighedMember[];
  /** See `fitExpectations`; null: no language model was asked. */
  readonly expectations: Expectations | null;
}

export interface Expectations {
  /** w of the pool. */
  readonly weight: number;
  readonly line: LogisticRegression;
}

/** Probabilities [rows, K]. */
export function predictTabular(model: TabularModel, x: Matrix): Float64Array {
  const learned = meanOfMembers(model, x);
  return model.expectations ? poolExpectations(learned, model.expectations, x) : learned;
}

/** @param learned probabilities [rows, K] */
export function poolExpectations(
  learned: Float64Array,
  { weight, line }: Expectations,
  x: Matrix,
): Float64Array {
  const expected = predictLogisticRegression(line, x).map(logOf);
  return poolLogScores(learned, expected, { classes: line.classes, weight });
}

function meanOfMembers({ classes, members }: TabularModel, x: Matrix): Float64Array {
  if (members.length === 0) return new Float64Array(x.rows * classes).fill(1 / classes);
  return meanOfOpinions(
    opinionsOf(members, x),
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

/** Probabilities [rows, K]. */
export function predictMember(model: TabularMember, x: Matrix): Float64Array {
  return opinionsOf([{ weight: 1, model }], x)[0] as Float64Array;
}

/** They last as long as their models. */
const treesOfMembers = new WeakMap<readonly WeighedMember[], readonly WalkedTrees[]>();

/** What each says of the rows; the trees of all are asked together, for much of what they ask is the same. */
function opinionsOf(members: readonly WeighedMember[], x: Matrix): Float64Array[] {
  const trees = treesOfMembers.get(members) ?? members.flatMap(({ model }) => treesOf(model));
  treesOfMembers.set(members, trees);
  const sums = sumsOfLeaves(trees, x);
  return members.map(({ model }) => opinionOf(model, x, sums.splice(0, treesOf(model).length)));
}

function treesOf(model: TabularMember): readonly WalkedTrees[] {
  if (model.kind === 'random-forest') return [model];
  if (model.kind !== 'boosted-trees') return [];
  return model.nodes.map((nodes) => ({ nodes, pairs: model.pairs }));
}

/** @param sums of the leaves of its trees */
function opinionOf(model: TabularMember, x: Matrix, sums: readonly Float64Array[]): Float64Array {
  switch (model.kind) {
    case 'logistic-regression':
      return predictLogisticRegression(model, x);
    case 'kernel':
      return predictKernelClassifier(model, x);
    case 'random-forest':
      return meansOfTrees(model, sums[0] as Float64Array);
    case 'boosted-trees':
      return probabilitiesOfSums(model, sums);
  }
}
