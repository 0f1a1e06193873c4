/** Quantities: the mean of ridge regression and a forest, on a standardised target, with an interval around it. */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf } from '../baseline/encoder.ts';
import { fitEncoder } from '../baseline/fit-encoder.ts';
import { fitRegressionForest } from '../baseline/fit-regression-forest.ts';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { moments } from '../baseline/moments.ts';
import { predictRegressionForest, type RegressionForest } from '../baseline/regression-forest.ts';
import { predictRidgeRegression, type RidgeRegression } from '../baseline/ridge-regression.ts';
import { TabLlmError } from '../errors.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { type PredictionSteps, predictInSteps } from './encoded-model.ts';
import { foldsInTurn } from './folds.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { fitIntervals, type IntervalBand } from './intervals.ts';
import { onSide, type Sign, signOf } from './one-sided.ts';
import { joinGroups } from './row-groups.ts';
import { countCopies, groupsOfCopies, learnedCells } from './same-rows.ts';

export interface RegressorState {
  readonly schema: TableSchema;
  readonly encoding: readonly EncodedColumn[];
  readonly ridge: RidgeRegression;
  readonly forest: RegressionForest;
  readonly centre: number;
  readonly scale: number;
  /** Of all labels; predictions and ends of intervals have it, too. */
  readonly sign: Sign;
  /** 90 % intervals by what is predicted; none with too few rows to tell. */
  readonly intervals: readonly IntervalBand[];
}

/** What is said of labelled rows by models that have not seen them. */
export interface HeldValues {
  readonly predicted: Float64Array;
  readonly values: Float64Array;
  /** Of copies, see `groupsOfCopies`. */
  readonly groups: Int32Array | null;
}

export interface Regressor {
  readonly state: RegressorState;
  readonly steps: PredictionSteps;
  /** Values of labelled rows by models that have not seen them; null without enough rows. */
  readonly held: HeldValues | null;
  /** Cells in the schema's order → values [rows]. */
  predict(rows: readonly (readonly string[])[]): Float64Array;
}

export interface FittedRegressor extends Regressor {
  /** Rows that are the same as another, where that is not in the nature of the table. */
  readonly copies: number;
}

export interface FitRegressorOptions {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly values: Float64Array;
  /** For each row the number of its group, which is held out as one, see `rowGroups`; default: each alone. */
  readonly groups?: Int32Array | null;
  readonly unlabelled?: readonly (readonly string[])[];
  /** Those of them that tell how often rows repeat, see `freshRows`; default: all. */
  readonly fresh?: readonly (readonly string[])[];
  readonly trees?: number;
  readonly seed?: number;
}

const FEWEST = 2;
const FOLDS = 5;
/** Fewer are not predicted in turn: what came of it would say nothing. */
const FEWEST_HELD = 20;
const HELD_ROWS = 2000;

/** @throws TabLlmError 'bad-data' with fewer than two rows */
export function fitRegressor(options: FitRegressorOptions): FittedRegressor {
  return atOnce(fittingRegressor(options));
}

/** The same, a model after the other. */
export function* fittingRegressor(options: FitRegressorOptions): InParts<FittedRegressor> {
  const { schema, rows, values, unlabelled = [], fresh = unlabelled } = options;
  const { trees = 100, seed = 0 } = options;
  if (rows.length < FEWEST) {
    throw new TabLlmError('bad-data', {
      en: 'A quantity needs at least two labelled rows to learn from.',
      zh: '学习一个数量至少需要两行标签。',
    });
  }
  const encoding = fitEncoder(schema, [...rows, ...unlabelled]);
  const x = encoderOf(schema, encoding).encode(rows);
  const { mean: centre, sd: scale } = moments(values);
  const y = values.map((value) => (value - centre) / scale);
  const ridge = fitRidgeRegression(x, y, seed);
  yield null;
  const forest = fitRegressionForest(x, y, { trees, seed });
  yield null;
  const sign = signOf(values);
  const state = { schema, encoding, ridge, forest, centre, scale, sign };
  const order = seededRandom(seed)
    .shuffle([...rows.keys()])
    .slice(0, HELD_ROWS);
  const same = groupsOfCopies(learnedCells(schema, rows), learnedCells(schema, fresh));
  const copies = countCopies(same);
  const groups = joinGroups(same, options.groups ?? null);
  const unknown = () => ({ ...regressorOf({ ...state, intervals: [] }), copies });
  if (order.length < FEWEST_HELD) return unknown();
  const drawn = groups && Int32Array.from(order, (row) => groups[row] as number);
  const folds = foldsInTurn(order.length, FOLDS, drawn);
  if (new Set(folds).size < FOLDS) return unknown();
  const heldOut = yield* held({ x, y, order, folds }, { trees: Math.min(trees, 100), seed });
  const predicted = heldOut.map((z) => onSide(centre + scale * z, sign));
  const known = Float64Array.from(order, (row) => values[row] as number);
  const intervals = fitIntervals(predicted, known);
  const judged = { predicted, values: known, groups: drawn };
  return { ...regressorOf({ ...state, intervals }, judged), copies };
}

export function regressorOf(state: RegressorState, held: Regressor['held'] = null): Regressor {
  const { schema, encoding, ridge, forest, centre, scale, sign } = state;
  const steps: PredictionSteps = {
    encoding,
    model: { kind: 'quantity', ridge, forest },
    encode: encoderOf(schema, encoding).encode,
    finish: (said) => said.map((twice) => onSide(centre + (scale * twice) / 2, sign)),
  };
  return { state, steps, held, predict: (rows) => predictInSteps(steps, rows) };
}

interface FoldedRows {
  readonly x: Matrix;
  readonly y: Float64Array;
  /** Rows that are held out in turn, and the fold of each. */
  readonly order: readonly number[];
  readonly folds: Int32Array;
}

function* held(
  { x, y, order, folds }: FoldedRows,
  { trees, seed }: { readonly trees: number; readonly seed: number },
): InParts<Float64Array> {
  const result = new Float64Array(order.length);
  for (const fold of [...new Set(folds)].sort()) {
    const outside = order.filter((_, at) => folds[at] !== fold);
    const inside = [...order.keys()].filter((at) => folds[at] === fold);
    const known = Float64Array.from(outside, (row) => y[row] as number);
    const seen = pickRows(x, outside);
    const unseen = pickRows(
      x,
      inside.map((at) => order[at] as number),
    );
    const line = predictRidgeRegression(fitRidgeRegression(seen, known, seed), unseen);
    const forest = fitRegressionForest(seen, known, { trees, seed });
    for (const [i, value] of predictRegressionForest(forest, unseen).entries()) {
      result[inside[i] as number] = (value + (line[i] as number)) / 2;
    }
    yield null;
  }
  return result;
}
