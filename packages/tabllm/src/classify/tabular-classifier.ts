/**
 * The tabular part of the classifier: a weighted mean of the probabilities of four models. With a
 * handful of labels lines and smooth curves carry it, with hundreds trees join. The weights are a
 * function of the number of labels alone, chosen on the means over the nine tables of the TabLLM
 * paper; tuning them on a few labels does worse.
 */
import { seededRandom } from '@quaestor/peft';
import {
  type BoostedTrees,
  fitBoostedTrees,
  predictBoostedTrees,
} from '../baseline/boosted-trees.ts';
import {
  fitKernelClassifier,
  type KernelClassifier,
  predictKernelClassifier,
} from '../baseline/kernel-classifier.ts';
import {
  fitLogisticRegression,
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import {
  fitRandomForest,
  predictRandomForest,
  type RandomForest,
} from '../baseline/random-forest.ts';

export type TabularMember = LogisticRegression | KernelClassifier | RandomForest | BoostedTrees;

export interface TabularModel {
  readonly classes: number;
  readonly members: readonly { readonly weight: number; readonly model: TabularMember }[];
}

export interface FitTabularOptions {
  /** Columns that trees look at; default all. */
  readonly forTrees?: readonly number[];
  /** Mean ‖x − mean‖² of the rows, of unlabelled ones, too. */
  readonly norm: number;
  readonly trees?: number;
  readonly seed?: number;
}

/** Rows and classes beyond which a kernel model takes too long. */
const KERNEL_ROWS = 512;
const KERNEL_CLASSES = 10;
/** Below so many labels boosting has nothing to go on. */
const BOOSTED_FROM = 48;
const BOOSTED_CLASSES = 20;

/** @param x rows in the rich encoding @param labels class of each row */
export function fitTabular(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  { forTrees, norm, trees = 100, seed = 0 }: FitTabularOptions,
): TabularModel {
  const n = x.rows;
  const columns = forTrees && { columns: forTrees };
  const parts: { readonly weight: number; readonly model: TabularMember }[] = [
    { weight: 32 / (n + 16), model: fitLogisticRegression(x, labels, classes) },
    { weight: 1, model: fitRandomForest(x, labels, classes, { trees, seed, ...columns }) },
  ];
  if (classes <= KERNEL_CLASSES) {
    const rows = seededRandom(seed)
      .shuffle([...labels.keys()])
      .slice(0, KERNEL_ROWS);
    const known = Int32Array.from(rows, (row) => labels[row] as number);
    parts.push({
      weight: (2 * rows.length) / n,
      model: fitKernelClassifier(pickRows(x, rows), known, classes, norm),
    });
  }
  if (n >= BOOSTED_FROM && classes <= BOOSTED_CLASSES) {
    const rounds = Math.round(Math.min(400, 80 * Math.max(1, n / 1000)));
    parts.push({
      weight: n > KERNEL_ROWS ? 2 : 1,
      model: fitBoostedTrees(x, labels, classes, { rounds, seed, ...columns }),
    });
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return {
    classes,
    members: parts.map(({ weight, model }) => ({ weight: weight / total, model })),
  };
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
