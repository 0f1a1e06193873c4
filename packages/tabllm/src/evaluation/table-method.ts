/** What is compared: a way from labelled rows to probabilities of other rows. */
import { type Encoder, encoderOf, fitEncoder } from '../baseline/encoder.ts';
import { fitRandomForest } from '../baseline/fit-random-forest.ts';
import {
  fitLogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { predictRandomForest } from '../baseline/random-forest.ts';
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

/** LogReg+RF wants what the two alone have just found. */
const regression = rememberLast((task: FewShotTask) => {
  const { encode } = encoderOfTask(task);
  const model = fitLogisticRegression(encode(task.rows), task.labels, task.classes.length);
  return predictLogisticRegression(model, encode(task.test));
});

const forest = rememberLast(({ rows, labels, classes, seed, test, ...task }: FewShotTask) => {
  const { encode } = encoderOfTask(task);
  const model = fitRandomForest(encode(rows), labels, classes.length, { seed });
  return predictRandomForest(model, encode(test));
});

/** The encoder of a table's unlabelled rows. */
function encoderOfTask(task: Pick<FewShotTask, 'schema' | 'unlabelled'>): Encoder {
  return encoderOfRows(task.unlabelled, task.schema);
}

const encoderOfRows = rememberLast((rows: FewShotTask['unlabelled'], schema: TableSchema) =>
  encoderOf(schema, fitEncoder(schema, rows)),
);

const richEncoding = rememberLast((rows: FewShotTask['unlabelled'], schema: TableSchema) =>
  fitEncoder(schema, rows, 'rich'),
);

/** The tabular methods: two baselines, their mean, and this package's classifier. */
export const tabularMethods: readonly TableMethod[] = [
  baseline('LogReg', regression),
  baseline('RandomForest', forest),
  baseline('LogReg+RF', (task) => {
    const trees = forest(task);
    return regression(task).map((p, i) => (p + (trees[i] as number)) / 2);
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
        encoding: richEncoding(unlabelled, schema),
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

function baseline(name: string, run: (task: FewShotTask) => Float64Array): TableMethod {
  return { name, zeroShot: false, learns: true, run };
}

/** A function that knows what it said last. */
function rememberLast<Key extends object, Rest extends readonly unknown[], Value>(
  find: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key, ...rest) => {
    if (last?.key !== key) last = { key, value: find(key, ...rest) };
    return last.value;
  };
}
