/**
 * The tabular baseline: the mean of the probabilities of logistic regression (C = 1) and a random
 * forest. On the nine tables of the TabLLM paper neither tuning nor one of the two alone does better,
 * from 4 labels to 512.
 */
import {
  fitLogisticRegression,
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import {
  fitRandomForest,
  predictRandomForest,
  type RandomForest,
} from '../baseline/random-forest.ts';

export interface TabularModel {
  readonly regression: LogisticRegression;
  readonly forest: RandomForest;
}

export function fitTabular(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  options: { readonly trees?: number; readonly seed?: number } = {},
): TabularModel {
  return {
    regression: fitLogisticRegression(x, labels, classes),
    forest: fitRandomForest(x, labels, classes, options),
  };
}

/** Probabilities [rows, K]. */
export function predictTabular({ regression, forest }: TabularModel, x: Matrix): Float64Array {
  const trees = predictRandomForest(forest, x);
  return predictLogisticRegression(regression, x).map((p, i) => (p + (trees[i] as number)) / 2);
}
