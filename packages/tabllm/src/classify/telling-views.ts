/**
 * Whether a view of a column tells the target, by lines through the labelled rows, with it and without, and what they
 * say of rows that they have not seen. What a language model makes of free text counts beside other columns only if
 * it is shown to help, since names and numbers say nothing and cost some; in a table of nothing but text it counts
 * unless it is shown to harm. A part of the calendar counts if it is shown to help by more than the best of so many
 * views does by chance; the days between two dates count unless they are shown to harm.
 */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf, sinceOf, viewOf, widthOf } from '../baseline/encoder.ts';
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
export interface ViewsTold {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly states: TextStates | null;
  /** What a line loses on rows that it has not seen, in nats; null: there are too few to tell. */
  readonly lossOf: (x: Matrix) => number | null;
}

/**
 * In nats: of text chosen on 14 tables of text and one whose text is names drawn at random, of dates on 16 tables that
 * they tell something of and 9 that they do not, with 8 to 128 labels.
 */
const UNLESS_HARM = -1;
const IF_HELP = 0;
const FOLDS = 5;
/** Of few rows a single division into folds tells little. */
const DIVISIONS = { few: 4, many: 1, manyFrom: 64 };
/** Rows that are held out in turn. */
const MOST_ROWS = 256;
/** A row that a line is sure of and wrong about does not decide alone. */
const LEAST_PROBABILITY = 1e-3;

const MEANINGS = 'meanings';

/** The same columns, without the views that do not tell. */
export function tellingViews(
  encoding: readonly EncodedColumn[],
  { schema, rows, states, lossOf }: ViewsTold,
): readonly EncodedColumn[] {
  const views = [...new Set(encoding.map(doubtful))].filter((view) => view !== null);
  if (views.length === 0) return encoding;
  const x = encoderOf(schema, encoding, states).encode(rows);
  const lossWith = (kept: string | null) => lossOf(withoutViews(x, encoding, kept));
  const without = lossWith(null);
  const textAlone = encoding.every(({ kind }) => kind === 'text');
  const kept = new Set(
    views.filter((view) => {
      const least = leastGain(view, encoding, { textAlone, views: views.length });
      const loss = without === null ? null : lossWith(view);
      return without === null || loss === null ? least < 0 : without - loss > least;
    }),
  );
  return encoding.flatMap((encoded): EncodedColumn[] => {
    const view = doubtful(encoded);
    if (view === null || kept.has(view)) return [encoded];
    return encoded.kind === 'text' ? [{ ...encoded, meanings: null }] : [];
  });
}

/** What counts, or does not, as one; null: it counts anyway. */
function doubtful(encoded: EncodedColumn): string | null {
  if (encoded.kind === 'text') return encoded.meanings === null ? null : MEANINGS;
  return encoded.kind === 'calendar' || sinceOf(encoded) !== null ? viewOf(encoded) : null;
}

/** Nats that a line must gain by a view; below 0: it counts where there are too few rows to tell, too. */
function leastGain(
  view: string,
  encoding: readonly EncodedColumn[],
  { textAlone, views }: { readonly textAlone: boolean; readonly views: number },
): number {
  if (view === MEANINGS) return textAlone ? UNLESS_HARM : IF_HELP;
  const isCalendar = encoding.some((one) => one.kind === 'calendar' && viewOf(one) === view);
  return isCalendar ? Math.log(views) : UNLESS_HARM;
}

/** @param labels class of each row @param groups of rows that are held out as one; null: each alone */
export function lossOfClasses(
  labels: Int32Array,
  classes: number,
  groups: Int32Array | null,
): ViewsTold['lossOf'] {
  return (x) => {
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
    return meanLoss(pickRows(x, some), loss);
  };
}

/** @param values of the rows, standardised @param groups as of classes */
export function lossOfQuantity(
  values: Float64Array,
  groups: Int32Array | null,
): ViewsTold['lossOf'] {
  return (x) => {
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
    return loss(pickRows(x, some));
  };
}

function someRows(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, row) => row);
  return seededRandom(0).shuffle(all).slice(0, MOST_ROWS);
}

function meanLoss(x: Matrix, loss: (rows: Matrix, division: number) => number): number {
  const divisions = x.rows < DIVISIONS.manyFrom ? DIVISIONS.few : DIVISIONS.many;
  let total = 0;
  for (let division = 0; division < divisions; division++) total += loss(x, division);
  return total / divisions;
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

/** A copy in which the entries of doubtful views but one are 0. */
function withoutViews(x: Matrix, encoding: readonly EncodedColumn[], kept: string | null): Matrix {
  const values = x.values.slice();
  let end = 0;
  for (const encoded of encoding) {
    const width = widthOf(encoded);
    end += width;
    const view = doubtful(encoded);
    if (view === null || view === kept) continue;
    const own = encoded.kind === 'text' ? (encoded.meanings?.centre.length ?? 0) : width;
    for (let row = 0; row < x.rows; row++) {
      values.fill(0, row * x.columns + end - own, row * x.columns + end);
    }
  }
  return { rows: x.rows, columns: x.columns, values };
}
