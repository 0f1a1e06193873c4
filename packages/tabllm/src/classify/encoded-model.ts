/**
 * What says something of rows that are encoded already: plain data and a function of it, so that it can be
 * done on any thread.
 */
import type { EncodedColumn, Encoder } from '../baseline/encoder.ts';
import type { Matrix } from '../baseline/matrix.ts';
import { predictQuantity, type QuantityMember } from './quantity-model.ts';
import { predictTabular, type TabularModel } from './tabular-model.ts';
import type { Weighed } from './weighed-members.ts';

/** Of a standardised quantity. */
interface QuantityModel {
  readonly kind: 'quantity';
  readonly members: readonly Weighed<QuantityMember>[];
}

export type EncodedModel = ({ readonly kind: 'classes' } & TabularModel) | QuantityModel;

/** A prediction in three steps, of which the first two take the time and can be done on any thread. */
export interface PredictionSteps {
  /** What `encode` is made of. */
  readonly encoding: readonly EncodedColumn[];
  readonly model: EncodedModel;
  /** See `Encoder`. */
  readonly encode: Encoder['encode'];
  readonly sources: Encoder['sources'];
  /** Whether a language model reads text in the first, which is done on the calling thread then. */
  readonly readsText: boolean;
  /** @param said what the model says of the rows @returns probabilities [rows, K], or values [rows] */
  finish(said: Float64Array): Float64Array;
}

/** Probabilities [rows, K] of classes; of a quantity [rows]. */
export function predictEncoded(model: EncodedModel, x: Matrix): Float64Array {
  return model.kind === 'classes' ? predictTabular(model, x) : predictQuantity(model.members, x);
}

/** All three steps on this thread. */
export function predictInSteps(
  { model, encode, finish }: PredictionSteps,
  rows: readonly (readonly string[])[],
): Float64Array {
  return finish(predictEncoded(model, encode(rows)));
}
