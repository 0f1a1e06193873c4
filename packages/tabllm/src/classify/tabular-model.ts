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
import { meanOfMembers, type Weighed } from './weighed-members.ts';

export type TabularMember = LogisticRegression | KernelClassifier | RandomForest | BoostedTrees;

export interface TabularModel {
  readonly classes: number;
  /** None where there were no labels. */
  readonly members: readonly Weighed<TabularMember>[];
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
  const { classes, members } = model;
  const learned =
    members.length === 0
      ? new Float64Array(x.rows * classes).fill(1 / classes)
      : meanOfMembers(members, x, { treesOf, opinionOf });
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

/** Probabilities [rows, K]. */
export function predictMember(model: TabularMember, x: Matrix): Float64Array {
  return opinionOf(model, x, sumsOfLeaves(treesOf(model), x));
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
