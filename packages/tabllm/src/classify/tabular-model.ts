/**
 * The tabular part of the classifier: a weighted mean of the probabilities of several models, pooled with
 * what a language model expects of the columns: log p = log p_models + w · log p_expected, normalised.
 */
import { type BoostedTrees, predictBoostedTrees } from '../baseline/boosted-trees.ts';
import { type KernelClassifier, predictKernelClassifier } from '../baseline/kernel-classifier.ts';
import {
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { predictRandomForest, type RandomForest } from '../baseline/random-forest.ts';
import { logOf, poolLogScores } from './pool-opinions.ts';

export type TabularMember = LogisticRegression | KernelClassifier | RandomForest | BoostedTrees;

export interface TabularModel {
  readonly classes: number;
  /** None where there were no labels. */
  readonly members: readonly { readonly weight: number; readonly model: TabularMember }[];
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
    members.map(({ model }) => predictMember(model, x)),
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
  switch (model.kind) {
    case 'logistic-regression':
      return predictLogisticRegression(model, x);
    case 'kernel':
      return predictKernelClassifier(model, x);
    case 'random-forest':
      return predictRandomForest(model, x);
    case 'boosted-trees':
      return predictBoostedTrees(model, x);
  }
}
