/** All figures of a set of predictions, each with an interval, beside what the priors alone give. */
import { bootstrapInterval, type Interval } from './bootstrap.ts';
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
const FIGURES = {
  auc: (p, labels, k) => macroOneVsRest(areaUnderRoc, p, labels, k),
  prAuc: (p, labels, k) => macroOneVsRest(averagePrecision, p, labels, k),
  logLoss,
  brier: brierScore,
  ece: (p, labels, k) => expectedCalibrationError(reliability(p, labels, k)),
  accuracy: (p, labels, k) => confusion(argmax(p, k), labels, k).accuracy,
  balancedAccuracy: (p, labels, k) => confusion(argmax(p, k), labels, k).balancedAccuracy,
  macroF1: (p, labels, k) => confusion(argmax(p, k), labels, k).macroF1,
  matthews: (p, labels, k) => confusion(argmax(p, k), labels, k).matthews,
} satisfies Record<string, Figure>;

type Figure = (probabilities: Float64Array, labels: ArrayLike<number>, classes: number) => number;

export type FigureName = keyof typeof FIGURES;

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
  const names = Object.keys(FIGURES) as FigureName[];
  const priors = new Float64Array(classes);
  for (const label of labels) priors[label] = (priors[label] as number) + 1 / labels.length;
  const constant = Float64Array.from(
    { length: probabilities.length },
    (_, i) => priors[i % classes] as number,
  );
  const interval = (figure: Figure): Interval =>
    bootstrapInterval(
      labels.length,
      (indices) => {
        const drawn = Float64Array.from(
          { length: probabilities.length },
          (_, i) =>
            probabilities[
              (indices[Math.floor(i / classes)] as number) * classes + (i % classes)
            ] as number,
        );
        return figure(
          drawn,
          Int32Array.from(indices, (i) => labels[i] as number),
          classes,
        );
      },
      { draws, seed },
    );
  return {
    rows: labels.length,
    figures: record(names, (name) => ({
      value: FIGURES[name](probabilities, labels, classes),
      ...interval(FIGURES[name]),
    })),
    priorOnly: record(names, (name) => FIGURES[name](constant, labels, classes)),
    confusion: confusion(argmax(probabilities, classes), labels, classes),
    reliability: reliability(probabilities, labels, classes),
  };
}

function record<Value>(
  names: readonly FigureName[],
  value: (name: FigureName) => Value,
): Record<FigureName, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<FigureName, Value>;
}

function argmax(probabilities: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, i) =>
    likeliest(probabilities, i, classes),
  );
}
