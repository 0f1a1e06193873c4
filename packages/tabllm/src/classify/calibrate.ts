/**
 * Probabilities that mean what they say, by as much freedom as the labels allow: from 32 rows on a
 * temperature or, with two classes, Platt's slope and intercept; from 1,000 rows with 100 of each of two
 * classes on isotonic regression. Fitted on rows that the model has not seen.
 */
import type { Random } from '@quaestor/peft';
import * as z from 'zod';
import { pickRows } from '../baseline/matrix.ts';
import { applyIsotonic, fitIsotonic } from '../calibration/isotonic.ts';
import { applyPlatt, fitPlatt } from '../calibration/platt.ts';
import { applyTemperature, fitTemperature } from '../calibration/temperature.ts';
import { column, isClass } from '../metrics/ranking.ts';
import { stratifiedFolds } from './folds.ts';

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

/** Of fewer labelled rows probabilities stay as they are. */
export const CALIBRATED_FROM = 32;
const MANY = 1000;
/** Steps over fewer rows of a class say nearly 0 or nearly 1 by luck. */
const MANY_OF_A_CLASS = 100;
const FOLDS = 5;
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
  return fitKind(kindFor(labels, classes), probabilities, labels, classes);
}

/**
 * The same rows, each calibrated by what the others give: what a calibration that saw them says of them
 * is better than what it says of any other. The folds' calibrations differ, so that rows of different folds
 * are not to be put in order by them.
 * @param groups of copies, see `groupsOfCopies`
 */
export function calibrateInFolds(
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
  random: Random,
  groups: Int32Array | null = null,
): Float64Array {
  const kind = kindFor(labels, classes);
  const folds = stratifiedFolds(labels, FOLDS, random, groups);
  const result = new Float64Array(probabilities.length);
  const all = { rows: labels.length, columns: classes, values: probabilities };
  const partOf = (rows: readonly number[]) => pickRows(all, rows).values;
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = [...labels.keys()].filter((row) => folds[row] === fold);
    const outside = [...labels.keys()].filter((row) => folds[row] !== fold);
    const known = Int32Array.from(outside, (row) => labels[row] as number);
    const fitted = fitKind(kind, partOf(outside), known, classes);
    const calibrated = calibrate(partOf(inside), classes, fitted);
    for (const [at, row] of inside.entries()) {
      result.set(calibrated.subarray(at * classes, (at + 1) * classes), row * classes);
    }
  }
  return result;
}

function kindFor(labels: Int32Array, classes: number): Calibration['kind'] {
  if (labels.length < CALIBRATED_FROM) return 'none';
  if (classes > 2) return 'temperature';
  const positives = labels.filter((label) => label === 1).length;
  const fewer = Math.min(positives, labels.length - positives);
  return labels.length >= MANY && fewer >= MANY_OF_A_CLASS ? 'isotonic' : 'platt';
}

function fitKind(
  kind: Calibration['kind'],
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
): Calibration {
  if (kind === 'none') return { kind };
  if (kind === 'temperature') {
    return { kind, temperature: fitTemperature(probabilities, labels, classes) };
  }
  const scores = logOdds(column(probabilities, 1, 2));
  const positive = isClass(labels, 1);
  if (kind === 'isotonic') {
    const steps = fitIsotonic(scores, positive);
    return { kind, scores: [...steps.scores], probabilities: [...steps.probabilities] };
  }
  return { kind, ...fitPlatt(scores, positive, LEAST_SLOPE) };
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
