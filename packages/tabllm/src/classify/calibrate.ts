/**
 * Probabilities that mean what they say, by as much freedom as the labels allow: from 32 rows on a
 * temperature or, with two classes, Platt's slope and intercept; from 1,000 rows of two classes on
 * isotonic regression. Fitted on rows that the model has not seen.
 */
import * as z from 'zod';
import { applyIsotonic, fitIsotonic } from '../calibration/isotonic.ts';
import { applyPlatt, fitPlatt } from '../calibration/platt.ts';
import { applyTemperature, fitTemperature } from '../calibration/temperature.ts';
import { column, isClass } from '../metrics/ranking.ts';

const finite = z.number();

export const calibration = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('temperature'), temperature: z.number().positive() }),
  z.object({ kind: z.literal('platt'), slope: z.number().positive(), intercept: finite }),
  z.object({
    kind: z.literal('isotonic'),
    scores: z.array(finite).min(1),
    probabilities: z.array(z.number().min(0).max(1)).min(1),
  }),
]);

export type Calibration = z.output<typeof calibration>;

const FEWEST = 32;
const MANY = 1000;
/** A slope that few rows give may not turn the order of the rows around. */
const LEAST_SLOPE = 0.2;
/** Isotonic steps are mixed with so much of the straight score, so that rows of a step keep their order. */
const STRAIGHT = 0.01;

/** @param probabilities [rows, K] of labelled rows that were not trained on */
export function fitCalibration(
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
): Calibration {
  if (labels.length < FEWEST) return { kind: 'none' };
  if (classes > 2) {
    return { kind: 'temperature', temperature: fitTemperature(probabilities, labels, classes) };
  }
  const scores = logOdds(column(probabilities, 1, 2));
  const positive = isClass(labels, 1);
  if (labels.length >= MANY) {
    const steps = fitIsotonic(scores, positive);
    return {
      kind: 'isotonic',
      scores: [...steps.scores],
      probabilities: [...steps.probabilities],
    };
  }
  const { slope, intercept } = fitPlatt(scores, positive);
  return { kind: 'platt', slope: Math.max(LEAST_SLOPE, slope), intercept };
}

export function calibrate(
  probabilities: Float64Array,
  classes: number,
  fitted: Calibration,
): Float64Array {
  if (fitted.kind === 'none') return probabilities;
  if (fitted.kind === 'temperature') {
    return applyTemperature(probabilities, classes, fitted.temperature);
  }
  const scores = logOdds(column(probabilities, 1, 2));
  const result = new Float64Array(probabilities.length);
  for (const [row, score] of scores.entries()) {
    const p =
      fitted.kind === 'platt'
        ? applyPlatt(fitted, score)
        : (1 - STRAIGHT) * applyIsotonic(fitted, score) +
          STRAIGHT * (probabilities[2 * row + 1] as number);
    result[2 * row] = 1 - p;
    result[2 * row + 1] = p;
  }
  return result;
}

function logOdds(p: Float64Array): Float64Array {
  return p.map((value) => {
    const inside = Math.min(1 - 1e-9, Math.max(1e-9, value));
    return Math.log(inside / (1 - inside));
  });
}
