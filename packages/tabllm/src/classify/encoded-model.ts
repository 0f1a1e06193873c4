/**
 * What says something of rows that are encoded already: plain data and a function of it, so that it can be
 * done on any thread.
 */
import type { EncodedColumn, Encoder } from '../baseline/encoder.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { predictRegressionForest, type RegressionForest } from '../baseline/regression-forest.ts';
import { predictRidgeRegression, type RidgeRegression } from '../baseline/ridge-regression.ts';
import { predictTabular, type TabularModel } from './tabular-model.ts';

/** Two models of a standardised quantity, of which twice the mean is told. */
interface QuantityModel {
  readonly kind: 'quantity';
  readonly ridge: RidgeRegression;
  readonly forest: RegressionForest;
}

export type EncodedModel = ({ readonly kind: 'classes' } & TabularModel) | QuantityModel;

/** A prediction in three steps, of which the first two take the time and can be done on any thread. */
export interface PredictionSteps {
  /** What `encode` is made of. */
  readonly encoding: readonly EncodedColumn[];
  readonly model: EncodedModel;
  /** See `Encoder`. */
  readonly encode: Encoder['encode'];
  /** @param said what the model says of the rows @returns probabilities [rows, K], or values [rows] */
  finish(said: Float64Array): Float64Array;
}

/** Probabilities [rows, K] of classes; of a quantity [rows]. */
export function predictEncoded(model: EncodedModel, x: Matrix): Float64Array {
  if (model.kind === 'classes') return predictTabular(model, x);
  const trees = predictRegressionForest(model.forest, x);
  return predictRidgeRegression(model.ridge, x).map((value, i) => value + (trees[i] as number));
}

/** All three steps on this thread. */
export function predictInSteps(
  { model, encode, finish }: PredictionSteps,
  rows: readonly (readonly string[])[],
): Float64Array {
  return finish(predictEncoded(model, encode(rows)));
}
