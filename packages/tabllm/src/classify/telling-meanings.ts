/**
 * Whether what a language model makes of free text tells the target: by lines through the labelled rows, with
 * it and without, and what they say of rows that they have not seen. Where a table has other columns it counts only
 * if it is shown to help, since names and numbers say nothing and cost some; of a table of nothing but text it counts
 * unless it is shown to harm.
 */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf, readsMeanings, widthOf } from '../baseline/encoder.ts';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import {
  fitLogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { predictRidgeRegression } from '../baseline/ridge-regression.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { foldsInTurn, stratifiedFolds } from './folds.ts';

/** Labelled rows, and how well lines do on those that they have not seen. */
export interface MeaningsTold {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly states: TextStates | null;
  /** By how much a line does better on rows x than on rows `without`, in nats; null: there are too few to tell. */
  readonly gain: (x: Matrix, without: Matrix) => number | null;
}

/** Chosen on 14 tables of text and one whose text is names drawn at random, 8 and 32 labels. */
const LEAST_GAIN = { textAlone: -1, besideOthers: 0 };
const FOLDS = 5;
/** Of few rows a single division into folds tells little. */
const DIVISIONS = { few: 4, many: 1, manyFrom: 64 };
/** Rows that are held out in turn. */
const MOST_ROWS = 256;
/** A row that a line is sure of and wrong about does not decide alone. */
const LEAST_PROBABILITY = 1e-3;

/** The same columns, without meanings where they do not tell. */
export function tellingMeanings(
  encoding: readonly EncodedColumn[],
  { schema, rows, states, gain }: MeaningsTold,
): readonly EncodedColumn[] {
  if (states === null || !readsMeanings(encoding)) return encoding;
  const x = encoderOf(schema, encoding, states).encode(rows);
  const textAlone = encoding.every(({ kind }) => kind === 'text');
  const least = textAlone ? LEAST_GAIN.textAlone : LEAST_GAIN.besideOthers;
  const gained = gain(x, withoutColumns(x, placesOfMeanings(encoding)));
  if (gained === null ? textAlone : gained > least) return encoding;
  return encoding.map((encoded) =>
    encoded.kind === 'text' ? { ...encoded, meanings: null } : encoded,
  );
}

/** @param labels class of each row @param groups of rows that are held out as one; null: each alone */
export function gainOfClasses(
  labels: Int32Array,
  classes: number,
  groups: Int32Array | null,
): MeaningsTold['gain'] {
  return (x, without) => {
    const some = someRows(x.rows);
    const known = Int32Array.from(some, (row) => labels[row] as number);
    const own = groups && Int32Array.from(some, (row) => groups[row] as number);
    const loss = (rows: Matrix, division: number): number => {
      const folds = stratifiedFolds(known, FOLDS, seededRandom(division), own);
      return heldOut(folds, (outside, inside) => {
        const line = fitLogisticRegression(
          pickRows(rows, outside),
          Int32Array.from(outside, (at) => known[at] as number),
          classes,
        );
        const p = predictLogisticRegression(line, pickRows(rows, inside));
        return inside.reduce((sum, at, i) => {
          const said = p[i * classes + (known[at] as number)] as number;
          return sum - Math.log(Math.max(said, LEAST_PROBABILITY));
        }, 0);
      });
    };
    return meanGain(pickRows(x, some), pickRows(without, some), loss);
  };
}

/** @param values of the rows, standardised @param groups as of classes */
export function gainOfQuantity(
  values: Float64Array,
  groups: Int32Array | null,
): MeaningsTold['gain'] {
  return (x, without) => {
    if (x.rows < 2 * FOLDS) return null;
    const some = someRows(x.rows);
    const known = Float64Array.from(some, (row) => values[row] as number);
    const own = groups && Int32Array.from(some, (row) => groups[row] as number);
    // Of normal errors whose width is theirs: −log-likelihood = rows/2 · log of their squares.
    const loss = (rows: Matrix): number => {
      const folds = foldsInTurn(known.length, FOLDS, own);
      const squares = heldOut(folds, (outside, inside) => {
        const line = fitRidgeRegression(
          pickRows(rows, outside),
          Float64Array.from(outside, (at) => known[at] as number),
        );
        const said = predictRidgeRegression(line, pickRows(rows, inside));
        return inside.reduce(
          (sum, at, i) => sum + ((said[i] as number) - (known[at] as number)) ** 2,
          0,
        );
      });
      return (known.length / 2) * Math.log(Math.max(squares, Number.MIN_VALUE));
    };
    return loss(pickRows(without, some)) - loss(pickRows(x, some));
  };
}

function someRows(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, row) => row);
  return seededRandom(0).shuffle(all).slice(0, MOST_ROWS);
}

function meanGain(
  x: Matrix,
  without: Matrix,
  loss: (rows: Matrix, division: number) => number,
): number {
  const divisions = x.rows < DIVISIONS.manyFrom ? DIVISIONS.few : DIVISIONS.many;
  let gain = 0;
  for (let division = 0; division < divisions; division++) {
    gain += (loss(without, division) - loss(x, division)) / divisions;
  }
  return gain;
}

/** Sum over the folds of what is said of their rows. */
function heldOut(
  folds: Int32Array,
  ofFold: (outside: readonly number[], inside: readonly number[]) => number,
): number {
  return [...new Set(folds)].sort().reduce((sum, fold) => {
    const inside = [...folds.keys()].filter((at) => folds[at] === fold);
    const outside = [...folds.keys()].filter((at) => folds[at] !== fold);
    return sum + ofFold(outside, inside);
  }, 0);
}

/** Encoded columns that hold meanings. */
function placesOfMeanings(encoding: readonly EncodedColumn[]): readonly number[] {
  const places: number[] = [];
  let end = 0;
  for (const encoded of encoding) {
    end += widthOf(encoded);
    const own = encoded.kind === 'text' ? (encoded.meanings?.centre.length ?? 0) : 0;
    for (let place = end - own; place < end; place++) places.push(place);
  }
  return places;
}

/** A copy in which these columns are 0. */
function withoutColumns(x: Matrix, columns: readonly number[]): Matrix {
  const values = x.values.slice();
  for (let row = 0; row < x.rows; row++) {
    for (const column of columns) values[row * x.columns + column] = 0;
  }
  return { rows: x.rows, columns: x.columns, values };
}
