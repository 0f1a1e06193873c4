/** What is compared: a way from labelled rows to probabilities of other rows. */
import { type Encoder, encoderOf } from '../baseline/encoder.ts';
import { fitEncoder } from '../baseline/fit-encoder.ts';
import { fitRandomForest } from '../baseline/fit-random-forest.ts';
import {
  fitLogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { predictRandomForest } from '../baseline/random-forest.ts';
import type { LabelQuestion } from '../classify/ask-for-label.ts';
import type { TableClassifier } from '../classify/classifier.ts';
import {
  type ColumnExpert,
  type ColumnExpertOptions,
  columnExpert,
} from '../classify/column-expert.ts';
import { fitClassifier } from '../classify/fit-classifier.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { ReasonScorer } from '../scoring/reason-scorer.ts';

/** One few-shot task of a set. Cells are in the schema's order. */
export interface FewShotTask {
  readonly set: string;
  readonly schema: TableSchema;
  readonly classes: readonly string[];
  /** How a language model is to be asked; null: nobody said. */
  readonly asked: LabelQuestion | null;
  readonly seed: number;
  readonly rows: readonly (readonly string[])[];
  /** Class of each row; none at k = 0. */
  readonly labels: Int32Array;
  /** All rows but the tested ones, without labels. */
  readonly unlabelled: readonly (readonly string[])[];
  readonly test: readonly (readonly string[])[];
}

/** What a method says of the tested rows. */
export interface MethodResult {
  /** [rows, K] */
  readonly probabilities: Float64Array;
  /** Of a language model, in seconds: tuning it, where it learns, and scoring the tested rows. */
  readonly tuning?: number;
  readonly scoring?: number;
}

export interface TableMethod {
  readonly name: string;
  /** Whether it does something without labelled rows. */
  readonly zeroShot: boolean;
  /** Whether it makes use of labelled rows; else it is measured at k = 0 only. */
  readonly learns: boolean;
  /** Brings into memory what every task needs; called before each task, and not measured. */
  open?(): Promise<unknown>;
  /** @param signal stops between two steps or parts; the task is then lost */
  run(task: FewShotTask, signal?: AbortSignal): MethodResult | Promise<MethodResult>;
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

/** The tabular methods: two baselines, their mean, and this package's classifier without a language model. */
export const tabularMethods: readonly TableMethod[] = [
  baseline('LogReg', regression),
  baseline('RandomForest', forest),
  baseline('LogReg+RF', (task) => {
    const trees = forest(task);
    return regression(task).map((p, i) => (p + (trees[i] as number)) / 2);
  }),
  {
    name: 'ours without LM',
    zeroShot: false,
    learns: true,
    run: (task) => ({ probabilities: classifierOfTask(task).predict(task.test) }),
  },
];

/**
 * This package's classifier as it comes, with what a language model expects of the columns.
 * @param open brings the model into memory; called before each task, and not measured
 * @param expertOf asked once for each set
 */
export function ownMethod(
  name: string,
  open: () => Promise<unknown>,
  expertOf: (task: FewShotTask) => Promise<ColumnExpertOptions>,
): TableMethod {
  const ofSet = new Map<string, Promise<ColumnExpert>>();
  return {
    name,
    zeroShot: true,
    learns: true,
    open,
    run: async (task) => {
      const expert =
        ofSet.get(task.set) ??
        expertOf(task).then(({ describe, score }) =>
          columnExpert({ describe, score: rememberScores(score) }),
        );
      ofSet.set(task.set, expert);
      return { probabilities: classifierOfTask(task, await expert).predict(task.test) };
    },
  };
}

function classifierOfTask(
  { schema, classes, seed, rows, labels, unlabelled }: FewShotTask,
  expert?: ColumnExpert,
): TableClassifier {
  return fitClassifier({
    schema,
    rows,
    labels,
    classes: classes.length,
    unlabelled,
    seed,
    encoding: richEncoding(unlabelled, schema),
    ...(expert && { expert }),
    // It takes most of the time and leaves the order of the rows, which is all that AUC sees.
    calibrated: false,
  });
}

/** A scorer that is asked of each value of a column once. */
function rememberScores(score: ReasonScorer): ReasonScorer {
  const known = new Map<string, number[]>();
  return (name, values) => {
    const key = (value: string) => JSON.stringify([name, value]);
    const unknown = values.filter((value) => !known.has(key(value)));
    const scores = unknown.length > 0 ? score(name, unknown) : [];
    for (const [i, value] of unknown.entries()) known.set(key(value), scores[i] as number[]);
    return values.map((value) => known.get(key(value)) as number[]);
  };
}

function baseline(name: string, predict: (task: FewShotTask) => Float64Array): TableMethod {
  const run = (task: FewShotTask) => ({ probabilities: predict(task) });
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
