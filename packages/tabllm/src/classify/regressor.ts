/** Quantities: the mean of ridge regression and a forest, on a standardised target, with an interval around it. */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf } from '../baseline/encoder.ts';
import { fitEncoder } from '../baseline/fit-encoder.ts';
import { fitRegressionForest } from '../baseline/fit-regression-forest.ts';
import { fitRidgeRegression } from '../baseline/fit-ridge-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { predictRegressionForest, type RegressionForest } from '../baseline/regression-forest.ts';
import { predictRidgeRegression, type RidgeRegression } from '../baseline/ridge-regression.ts';
import { TabLlmError } from '../errors.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { type PredictionSteps, predictInSteps } from './encoded-model.ts';
import { fitIntervals, type IntervalBand } from './intervals.ts';

export interface RegressorState {
  readonly schema: TableSchema;
  readonly encoding: readonly EncodedColumn[];
  readonly ridge: RidgeRegression;
  readonly forest: RegressionForest;
  readonly centre: number;
  readonly scale: number;
  /** 90 % intervals by what is predicted; none with too few rows to tell. */
  readonly intervals: readonly IntervalBand[];
}

export interface Regressor {
  readonly state: RegressorState;
  readonly steps: PredictionSteps;
  /** Values of labelled rows by models that have not seen them; null without enough rows. */
  readonly held: { readonly predicted: Float64Array; readonly values: Float64Array } | null;
  /** Cells in the schema's order → values [rows]. */
  predict(rows: readonly (readonly string[])[]): Float64Array;
}

export interface FitRegressorOptions {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  readonly values: Float64Array;
  readonly unlabelled?: readonly (readonly string[])[];
  readonly trees?: number;
  readonly seed?: number;
}

const FEWEST = 2;
const FOLDS = 5;
/** Fewer are not predicted in turn: what came of it would say nothing. */
const FEWEST_HELD = 20;
const HELD_ROWS = 2000;

/** @throws TabLlmError 'bad-data' with fewer than two rows */
export function fitRegressor(options: FitRegressorOptions): Regressor {
  const { schema, rows, values, unlabelled = [], trees = 100, seed = 0 } = options;
  if (rows.length < FEWEST) {
    throw new TabLlmError('bad-data', {
      en: 'A quantity needs at least two labelled rows to learn from.',
      zh: '学习一个数量至少需要两行标签。',
    });
  }
  const encoding = fitEncoder(schema, [...rows, ...unlabelled]);
  const x = encoderOf(schema, encoding).encode(rows);
  const centre = values.reduce((sum, value) => sum + value / values.length, 0);
  const spread = values.reduce((sum, value) => sum + (value - centre) ** 2 / values.length, 0);
  const scale = Math.sqrt(spread) || 1;
  const y = values.map((value) => (value - centre) / scale);
  const state = {
    schema,
    encoding,
    ridge: fitRidgeRegression(x, y, seed),
    forest: fitRegressionForest(x, y, { trees, seed }),
    centre,
    scale,
  };
  const order = seededRandom(seed)
    .shuffle([...rows.keys()])
    .slice(0, HELD_ROWS);
  if (order.length < FEWEST_HELD) return regressorOf({ ...state, intervals: [] });
  const predicted = held(x, y, order, Math.min(trees, 100), seed).map((z) => centre + scale * z);
  const known = Float64Array.from(order, (row) => values[row] as number);
  const intervals = fitIntervals(predicted, known);
  return regressorOf({ ...state, intervals }, { predicted, values: known });
}

export function regressorOf(state: RegressorState, held: Regressor['held'] = null): Regressor {
  const { schema, encoding, ridge, forest, centre, scale } = state;
  const steps: PredictionSteps = {
    encoding,
    model: { kind: 'quantity', ridge, forest },
    encode: encoderOf(schema, encoding).encode,
    finish: (said) => said.map((twice) => centre + (scale * twice) / 2),
  };
  return { state, steps, held, predict: (rows) => predictInSteps(steps, rows) };
}

function held(
  x: Matrix,
  y: Float64Array,
  order: readonly number[],
  trees: number,
  seed: number,
): Float64Array {
  const result = new Float64Array(order.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = order.filter((_, at) => at % FOLDS !== fold);
    const inside = order.filter((_, at) => at % FOLDS === fold);
    const known = Float64Array.from(outside, (row) => y[row] as number);
    const [seen, unseen] = [pickRows(x, outside), pickRows(x, inside)];
    const line = predictRidgeRegression(fitRidgeRegression(seen, known, seed), unseen);
    const forest = fitRegressionForest(seen, known, { trees, seed });
    for (const [i, value] of predictRegressionForest(forest, unseen).entries()) {
      result[i * FOLDS + fold] = (value + (line[i] as number)) / 2;
    }
  }
  return result;
}
