/**
 * What a language model expects of the rows of each class, before any label is seen, as a line over the
 * encoded columns: in a column that goes from less to more each class leans to one of its ends, of a
 * category it prefers some values. Sums over the columns, scaled to a root mean square of 1 over the rows.
 */
import { besideOf, type EncodedColumn, encoderOf, widthOf } from '../baseline/encoder.ts';
import type { LogisticRegression } from '../baseline/logistic-regression.ts';
import type { Matrix } from '../baseline/matrix.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { TextStates } from '../scoring/text-states.ts';
import type { ColumnAnswer } from './column-answers.ts';
import { COUNTED_ROWS } from './column-questions.ts';

export interface ExpectationsOptions {
  readonly schema: TableSchema;
  /** The rich one: amounts are read off their rank scores. */
  readonly encoding: readonly EncodedColumn[];
  /** Rows as they come, labelled or not: how often values occur, and how far scores spread. */
  readonly rows: readonly (readonly string[])[];
  readonly classes: number;
  /** The language model that reads text, where one does. */
  readonly states?: TextStates | null;
}

/** Slope of the line that is closest to Φ, a rank's share, over its normal score: 1 / 2√π. */
const RANK_SLOPE = 1 / (2 * Math.sqrt(Math.PI));
/** Spreads below this are none. */
const NO_SPREAD = 1e-6;

/**
 * @param answers of columns of the schema; others, and those of another kind here, are passed over
 * @returns null where nothing is said that tells rows apart
 */
export function fitExpectations(
  answers: readonly ColumnAnswer[],
  { schema, encoding, rows, classes, states = null }: ExpectationsOptions,
): LogisticRegression | null {
  const some = rows.slice(-COUNTED_ROWS);
  const { encode, columns } = encoderOf(schema, encoding, states);
  const ofColumn = new Map(answers.map((answer) => [answer.column, answer]));
  // Scores of the classes on each encoded column.
  const scores = columns.map(() => new Float64Array(classes));
  let start = 0;
  for (const encoded of encoding) {
    const own = scores.slice(start, start + widthOf(encoded));
    start += own.length;
    const answer = ofColumn.get(schema.columns[encoded.index]?.name ?? '');
    if (answer === undefined || besideOf(encoded) !== null) continue;
    if (encoded.kind === 'ranked') leanToEnds(own[0] as Float64Array, encoded, answer);
    if (encoded.kind === 'one-hot') preferValues(own, encoded, answer, some);
  }
  for (const ofClasses of scores) centre(ofClasses);
  const spread = spreadOf(encode(some), scores, classes);
  if (spread < NO_SPREAD) return null;
  return asLine(scores, classes, spread);
}

function leanToEnds(
  into: Float64Array,
  { weight }: EncodedColumn,
  { cells, scores: [less = [], more = []] }: ColumnAnswer,
): void {
  if (cells !== null) return;
  for (const k of into.keys()) {
    into[k] = (((more[k] as number) - (less[k] as number)) * RANK_SLOPE) / weight;
  }
}

function preferValues(
  into: readonly Float64Array[],
  { index, weight, values }: Extract<EncodedColumn, { readonly kind: 'one-hot' }>,
  { cells, scores: said }: ColumnAnswer,
  rows: ExpectationsOptions['rows'],
): void {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const cell = row[index] ?? '';
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const heard = (cells ?? []).flatMap((cell, i) => {
    const [place, count = 0] = [values.indexOf(cell), counts.get(cell)];
    return place < 0 || count === 0 ? [] : [{ place, count, scores: said[i] as readonly number[] }];
  });
  const total = heard.reduce((sum, { count }) => sum + count, 0);
  // Around the mean of the rows, so that a value that nothing is said of, or a missing one, counts as average.
  for (const k of into[0]?.keys() ?? []) {
    const mean =
      heard.reduce((sum, { count, scores }) => sum + count * (scores[k] as number), 0) / total;
    for (const { place, scores } of heard) {
      (into[place] as Float64Array)[k] = ((scores[k] as number) - mean) / weight;
    }
  }
}

/** What all classes have in common tells them apart from nothing. */
function centre(scores: Float64Array): void {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  for (const k of scores.keys()) scores[k] = (scores[k] as number) - mean;
}

/** Root mean square of the rows' scores. */
function spreadOf(x: Matrix, scores: readonly Float64Array[], classes: number): number {
  let squares = 0;
  for (let i = 0; i < x.rows; i++) {
    for (let k = 0; k < classes; k++) {
      let sum = 0;
      for (const [j, ofClasses] of scores.entries()) {
        sum += (x.values[i * x.columns + j] as number) * (ofClasses[k] as number);
      }
      squares += sum * sum;
    }
  }
  return Math.sqrt(squares / Math.max(1, x.rows * classes));
}

/** Of two classes a line is the score of class 1 against class 0. */
function asLine(
  scores: readonly Float64Array[],
  classes: number,
  spread: number,
): LogisticRegression {
  const ofClass = (k: number) => scores.map((ofClasses) => (ofClasses[k] as number) / spread);
  const rows =
    classes === 2
      ? [scores.map(([no = 0, yes = 0]) => (yes - no) / spread)]
      : Array.from({ length: classes }, (_, k) => ofClass(k));
  return { kind: 'logistic-regression', classes, weights: rows.flatMap((row) => [...row, 0]) };
}
