/** All figures of a set of predictions, each with an interval, beside what the priors alone give. */
import { bootstrapIntervals, type Interval } from './bootstrap.ts';
import { type ConfusionFigures, confusion } from './confusion.ts';
import {
  brierScore,
  expectedCalibrationError,
  likeliest,
  logLoss,
  type ReliabilityBin,
  reliability,
} from './probability.ts';
import { areaUnderRoc, averagePrecision, macroOneVsRest } from './ranking.ts';

/** In the order in which they are shown. */
function figuresOf(p: Float64Array, labels: ArrayLike<number>, classes: number) {
  const counted = confusion(argmax(p, classes), labels, classes);
  return {
    auc: macroOneVsRest(areaUnderRoc, p, labels, classes),
    prAuc: macroOneVsRest(averagePrecision, p, labels, classes),
    logLoss: logLoss(p, labels, classes),
    brier: brierScore(p, labels, classes),
    ece: expectedCalibrationError(reliability(p, labels, classes)),
    accuracy: counted.accuracy,
    balancedAccuracy: counted.balancedAccuracy,
    macroF1: counted.macroF1,
    matthews: counted.matthews,
  };
}

export type FigureName = keyof ReturnType<typeof figuresOf>;

export interface ClassificationReport {
  readonly rows: number;
  readonly figures: Readonly<Record<FigureName, { readonly value: number } & Interval>>;
  /** Figures of always giving each class its share. */
  readonly priorOnly: Readonly<Record<FigureName, number>>;
  readonly confusion: ConfusionFigures;
  readonly reliability: readonly ReliabilityBin[];
}

/** @param probabilities [rows, K] @param labels class of each row */
export function classificationReport(
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
  { draws = 1000, seed = 0 } = {},
): ClassificationReport {
  const priors = new Float64Array(classes);
  for (const label of labels) priors[label] = (priors[label] as number) + 1 / labels.length;
  const constant = Float64Array.from(
    { length: probabilities.length },
    (_, i) => priors[i % classes] as number,
  );
  const drawn = new Float64Array(probabilities.length);
  const drawnLabels = new Int32Array(labels.length);
  const intervals = bootstrapIntervals(
    labels.length,
    (indices) => {
      for (let i = 0; i < indices.length; i++) {
        const row = indices[i] as number;
        drawnLabels[i] = labels[row] as number;
        for (let k = 0; k < classes; k++) {
          drawn[i * classes + k] = probabilities[row * classes + k] as number;
        }
      }
      return Object.values(figuresOf(drawn, drawnLabels, classes));
    },
    { draws, seed },
  );
  const whole = Object.entries(figuresOf(probabilities, labels, classes));
  const unknown = { low: Number.NaN, high: Number.NaN };
  const figures = whole.map(
    ([name, value], i) => [name, { value, ...(intervals[i] ?? unknown) }] as const,
  );
  return {
    rows: labels.length,
    figures: Object.fromEntries(figures) as ClassificationReport['figures'],
    priorOnly: figuresOf(constant, labels, classes),
    confusion: confusion(argmax(probabilities, classes), labels, classes),
    reliability: reliability(probabilities, labels, classes),
  };
}

function argmax(probabilities: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, i) =>
    likeliest(probabilities, i, classes),
  );
}
