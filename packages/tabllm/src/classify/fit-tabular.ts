/**
 * The tabular part of the classifier: a weighted mean of the probabilities of four models. With a
 * handful of labels lines and smooth curves carry it, with hundreds trees join. The weights are a
 * function of the number of labels alone, chosen on the means over the nine tables of the TabLLM
 * paper; tuning them on a few labels does worse.
 */
import { seededRandom } from '@quaestor/peft';
import { fitBoostedTrees } from '../baseline/fit-boosted-trees.ts';
import { fitRandomForest } from '../baseline/fit-random-forest.ts';
import { fitKernelClassifier } from '../baseline/kernel-classifier.ts';
import {
  fitLogisticRegression,
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { expectationWeight } from './expectation-weight.ts';
import { logOf } from './pool-opinions.ts';
import type { Expectations, TabularMember, TabularModel } from './tabular-model.ts';

export interface FitTabularOptions {
  /** Columns that trees look at; default all. */
  readonly forTrees?: readonly number[];
  /** Mean ‖x − mean‖² of the rows, of unlabelled ones, too. */
  readonly norm: number;
  readonly trees?: number;
  readonly seed?: number;
  /** What a language model expects, see `fitExpectations`. */
  readonly expected?: LogisticRegression | null;
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
  { forTrees, norm, trees = 100, seed = 0, expected = null }: FitTabularOptions,
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
    expectations: expected && weighExpectations(expected, x, labels),
  };
}

/** Expectations with the weight that they deserve beside these labelled rows. */
export function weighExpectations(
  line: LogisticRegression,
  x: Matrix,
  labels: Int32Array,
): Expectations {
  const said = predictLogisticRegression(line, x).map(logOf);
  return { line, weight: expectationWeight(said, labels, line.classes) };
}
