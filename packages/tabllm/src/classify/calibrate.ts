/**
 * Probabilities that mean what they say: a temperature or, with two classes, Platt's slope and intercept, the
 * likeliest beside what is usual on other tables; from 1,000 rows with 100 of each of two classes on isotonic
 * regression. Fitted on rows that the model has not seen.
 *   log T = −log a ~ N(1/√(n + 12), 0.2²)     b ~ N(0, 0.2²)     of more than two classes log T ~ N(0, 0.5²)
 * Models of few labels are too sure by this much on the mean over some 80 tables (see the README).
 */
import type { Random } from '@quaestor/peft';
import * as z from 'zod';
import { pickRows } from '../baseline/matrix.ts';
import type { Bell } from '../calibration/bell.ts';
import { applyIsotonic, fitIsotonic } from '../calibration/isotonic.ts';
import { applyPlatt, fitLikelyPlatt } from '../calibration/platt.ts';
import { applyTemperature, fitTemperature } from '../calibration/temperature.ts';
import { column, isClass } from '../metrics/ranking.ts';
import { splitByFold, stratifiedFolds } from './folds.ts';

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

const MANY = 1000;
/** Steps over fewer rows of a class say nearly 0 or nearly 1 by luck. */
const MANY_OF_A_CLASS = 100;
const FOLDS = 5;
const USUAL = { sd: 0.2, rows: 12 };
/** Of more classes models are too sure as often as not sure enough. */
const USUAL_OF_MORE: Bell = { mean: 0, sd: 0.5 };
/** Isotonic steps are mixed with so much of the straight score, so that rows of a step keep their order. */
const STRAIGHT = 0.01;

/** What is usual of so many labelled rows, where they are too few to hold some out; more classes are hardly too sure. */
export function usualCalibration(rows: number, classes: number): Calibration {
  if (classes > 2) return { kind: 'none' };
  return { kind: 'temperature', temperature: Math.exp(usualLogTemperature(rows)) };
}

function usualLogTemperature(rows: number): number {
  return 1 / Math.sqrt(rows + USUAL.rows);
}

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
  for (const { inside, outside } of splitByFold(folds)) {
    const known = Int32Array.from(outside, (row) => labels[row] as number);
    const fitted = fitKind(kind, partOf(outside), known, classes);
    const calibrated = calibrate(partOf(inside), classes, fitted);
    for (const [at, row] of inside.entries()) {
      result.set(calibrated.subarray(at * classes, (at + 1) * classes), row * classes);
    }
  }
  return result;
}

type FittedKind = Exclude<Calibration['kind'], 'none'>;

function kindFor(labels: Int32Array, classes: number): FittedKind {
  if (classes > 2) return 'temperature';
  const positives = labels.filter((label) => label === 1).length;
  const fewer = Math.min(positives, labels.length - positives);
  return labels.length >= MANY && fewer >= MANY_OF_A_CLASS ? 'isotonic' : 'platt';
}

function fitKind(
  kind: FittedKind,
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
): Calibration {
  if (kind === 'temperature') {
    return { kind, temperature: fitTemperature(probabilities, labels, classes, USUAL_OF_MORE) };
  }
  const scores = logOdds(column(probabilities, 1, 2));
  const positive = isClass(labels, 1);
  if (kind === 'isotonic') {
    const steps = fitIsotonic(scores, positive);
    return { kind, scores: [...steps.scores], probabilities: [...steps.probabilities] };
  }
  const { sd } = USUAL;
  const logSlope = { mean: -usualLogTemperature(labels.length), sd };
  const prior = { logSlope, intercept: { mean: 0, sd } };
  return { kind, ...fitLikelyPlatt(scores, positive, prior) };
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
