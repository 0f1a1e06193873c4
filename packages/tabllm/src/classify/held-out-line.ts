/** What lines through some of the labelled rows say of the others: how much of the target columns tell. */
import { seededRandom } from '@quaestor/peft';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import {
  fitLogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { predictRidgeRegression } from '../baseline/ridge-regression.ts';
import { foldsInTurn, splitByFold, stratifiedFolds } from './folds.ts';

export interface HeldOutLine {
  /** In nats, of rows that it has not seen. */
  readonly loss: number;
  /** What is left of each of these: of each class, or of the quantity, what is so − what the line says. */
  readonly left: readonly Float64Array[];
}

const FOLDS = 5;
/** Of few rows a single division into folds tells little. */
const DIVISIONS = { few: 4, many: 1, manyFrom: 64 };
/** Rows that are held out in turn. */
const MOST_ROWS = 256;
/** A row that a line is sure of and wrong about does not decide alone. */
const LEAST_PROBABILITY = 1e-3;

/** Places of the labelled rows that lines are judged on. */
export function judgedRows(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, row) => row);
  return seededRandom(0).shuffle(all).slice(0, MOST_ROWS);
}

/**
 * @param labels class of each row
 * @param groups of rows that are held out as one; null: each alone
 * @returns of the judged rows' columns
 */
export function lineOfClasses(
  labels: Int32Array,
  classes: number,
  groups: Int32Array | null,
): (x: Matrix) => HeldOutLine {
  const rows = judgedRows(labels.length);
  const known = Int32Array.from(rows, (row) => labels[row] as number);
  const own = groups && Int32Array.from(rows, (row) => groups[row] as number);
  const divisions = rows.length < DIVISIONS.manyFrom ? DIVISIONS.few : DIVISIONS.many;
  return (x) => {
    const left = Array.from({ length: classes }, () => new Float64Array(rows.length));
    let loss = 0;
    for (let division = 0; division < divisions; division++) {
      const folds = stratifiedFolds(known, FOLDS, seededRandom(division), own);
      for (const { outside, inside } of splitByFold(folds)) {
        const line = fitLogisticRegression(
          pickRows(x, outside),
          Int32Array.from(outside, (at) => known[at] as number),
          classes,
        );
        const p = predictLogisticRegression(line, pickRows(x, inside));
        for (const [i, at] of inside.entries()) {
          const so = known[at] as number;
          loss -= Math.log(Math.max(p[i * classes + so] as number, LEAST_PROBABILITY)) / divisions;
          for (const [k, ofClass] of left.entries()) {
            const said = p[i * classes + k] as number;
            ofClass[at] = (ofClass[at] as number) + (Number(k === so) - said) / divisions;
          }
        }
      }
    }
    return { loss, left };
  };
}

/**
 * @param values of the rows, standardised
 * @param groups as of classes
 * @returns of the judged rows' columns; null: there are too few rows
 */
export function lineOfQuantity(
  values: Float64Array,
  groups: Int32Array | null,
): (x: Matrix) => HeldOutLine | null {
  const rows = judgedRows(values.length);
  const known = Float64Array.from(rows, (row) => values[row] as number);
  const own = groups && Int32Array.from(rows, (row) => groups[row] as number);
  return (x) => {
    if (x.rows < 2 * FOLDS) return null;
    const left = new Float64Array(rows.length);
    for (const { outside, inside } of splitByFold(foldsInTurn(known.length, FOLDS, own))) {
      const line = fitRidgeRegression(
        pickRows(x, outside),
        Float64Array.from(outside, (at) => known[at] as number),
      );
      const said = predictRidgeRegression(line, pickRows(x, inside));
      for (const [i, at] of inside.entries()) {
        left[at] = (known[at] as number) - (said[i] as number);
      }
    }
    // Of normal errors whose width is theirs: −log-likelihood = rows/2 · log of their squares.
    const squares = left.reduce((sum, one) => sum + one ** 2, 0);
    const loss = (known.length / 2) * Math.log(Math.max(squares, Number.MIN_VALUE));
    return { loss, left: [left] };
  };
}
