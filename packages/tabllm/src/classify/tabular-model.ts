/** The tabular part of the classifier: a weighted mean of the probabilities of several models. */
import { type BoostedTrees, predictBoostedTrees } from '../baseline/boosted-trees.ts';
import { type KernelClassifier, predictKernelClassifier } from '../baseline/kernel-classifier.ts';
import {
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { predictRandomForest, type RandomForest } from '../baseline/random-forest.ts';

export type TabularMember = LogisticRegression | KernelClassifier | RandomForest | BoostedTrees;

export interface TabularModel {
  readonly classes: number;
  readonly members: readonly { readonly weight: number; readonly model: TabularMember }[];
}

/** Probabilities [rows, K]. */
export function predictTabular({ classes, members }: TabularModel, x: Matrix): Float64Array {
  const result = new Float64Array(x.rows * classes);
  for (const { weight, model } of members) {
    const p = predictMember(model, x);
    for (let i = 0; i < result.length; i++) {
      result[i] = (result[i] as number) + weight * (p[i] as number);
    }
  }
  return result;
}

function predictMember(model: TabularMember, x: Matrix): Float64Array {
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
