/** What is compared: a way from labelled rows to probabilities of other rows. */
import { type Encoder, encoderOf, fitEncoder } from '../baseline/encoder.ts';
import {
  fitLogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { fitRandomForest, predictRandomForest } from '../baseline/random-forest.ts';
import { fitClassifier } from '../classify/classifier.ts';
import type { LanguageScorer } from '../classify/language-scorer.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { labelProbabilities } from '../scoring/normalise.ts';

/** One few-shot task of a set. Cells are in the schema's order. */
export interface FewShotTask {
  readonly set: string;
  readonly schema: TableSchema;
  readonly classes: readonly string[];
  readonly seed: number;
  readonly rows: readonly (readonly string[])[];
  /** Class of each row; none at k = 0. */
  readonly labels: Int32Array;
  /** All rows but the tested ones, without labels. */
  readonly unlabelled: readonly (readonly string[])[];
  readonly test: readonly (readonly string[])[];
}

export interface TableMethod {
  readonly name: string;
  /** Whether it does something without labelled rows. */
  readonly zeroShot: boolean;
  /** Whether it makes use of labelled rows; else it is measured at k = 0 only. */
  readonly learns: boolean;
  /** Probabilities of the tested rows [rows, K]. */
  run(task: FewShotTask): Float64Array | Promise<Float64Array>;
}

/** The tabular methods: two baselines, their mean, and this package's classifier. */
export const tabularMethods: readonly TableMethod[] = [
  baseline('LogReg', (x, task, tested) =>
    predictLogisticRegression(fitLogisticRegression(x, task.labels, task.classes.length), tested),
  ),
  baseline('RandomForest', forest),
  baseline('LogReg+RF', (x, task, tested) => {
    const classes = task.classes.length;
    const regression = fitLogisticRegression(x, task.labels, classes);
    const trees = forest(x, task, tested);
    return predictLogisticRegression(regression, tested).map(
      (p, i) => (p + (trees[i] as number)) / 2,
    );
  }),
  {
    name: 'ours',
    zeroShot: false,
    learns: true,
    run: ({ schema, classes, seed, rows, labels, unlabelled, test }) =>
      fitClassifier({
        schema,
        rows,
        labels,
        classes: classes.length,
        unlabelled,
        seed,
        // It takes most of the time and leaves the order of the rows, which is all that AUC sees.
        calibrated: false,
      }).predict(test),
  },
];

export interface LanguageMethodOptions {
  readonly name: string;
  readonly learns: boolean;
  /** Opens or tunes the model for a task; frees what the task before held. */
  readonly scorer: (task: FewShotTask) => Promise<LanguageScorer>;
}

/** A language model as a method of its own: untouched, or tuned on the labelled rows. */
export function languageMethod({ name, learns, scorer }: LanguageMethodOptions): TableMethod {
  return {
    name,
    zeroShot: true,
    learns,
    run: async (task) => labelProbabilities((await scorer(task))(task.test)),
  };
}

function baseline(
  name: string,
  predict: (x: Matrix, task: FewShotTask, tested: Matrix) => Float64Array,
): TableMethod {
  return {
    name,
    zeroShot: false,
    learns: true,
    run: (task) => {
      const encoder = encoderOfTask(task);
      return predict(encoder.encode(task.rows), task, encoder.encode(task.test));
    },
  };
}

const encoders = new WeakMap<object, Encoder>();

/** The encoder of a table's unlabelled rows, fitted once. */
function encoderOfTask({ schema, unlabelled }: FewShotTask): Encoder {
  const known = encoders.get(unlabelled);
  if (known) return known;
  const encoder = encoderOf(schema, fitEncoder(schema, unlabelled));
  encoders.set(unlabelled, encoder);
  return encoder;
}

function forest(x: Matrix, { labels, classes, seed }: FewShotTask, tested: Matrix): Float64Array {
  return predictRandomForest(fitRandomForest(x, labels, classes.length, { seed }), tested);
}
