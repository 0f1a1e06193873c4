/**
 * All figures of a set of predictions, each with an interval, beside what the priors alone give. Those of
 * said classes (accuracy, F1, confusion …) are of the threshold in use.
 */
import { type BootstrapOptions, bootstrapIntervals, type Interval } from './bootstrap.ts';
import { type ShareWeights, totalWeight, weightOf } from './class-weights.ts';
import { type ConfusionFigures, confusion } from './confusion.ts';
import { decidedClasses } from './decided-classes.ts';
import {
  brierScore,
  expectedCalibrationError,
  logLoss,
  type ReliabilityBin,
  reliability,
} from './probability.ts';
import { areaUnderRoc, averagePrecision, macroOneVsRest } from './ranking.ts';
import { weightedAreaUnderRoc, weightedAveragePrecision } from './weighted-ranking.ts';

/** Rows, and what is said of them. */
interface Judged {
  /** [rows, K] */
  readonly p: Float64Array;
  /** [rows, K], what rows are put in order by. */
  readonly ranked: Float64Array;
  readonly said: Int32Array;
  readonly labels: Int32Array;
  readonly classes: number;
  readonly weights: ShareWeights;
}

/**
 * In the order in which they are shown.
 * @param chance how often what chance adds is taken from the calibration error: twice where rows are drawn
 */
function figuresOf(judged: Judged, chance = 1) {
  const { p, said, labels, classes, weights } = judged;
  const counted = confusion(said, labels, classes, weights);
  return {
    ...areasOf(judged),
    logLoss: logLoss(p, labels, classes, weights),
    brier: brierScore(p, labels, classes, weights),
    ece: expectedCalibrationError(reliability(p, labels, classes, undefined, weights), chance),
    accuracy: counted.accuracy,
    balancedAccuracy: counted.balancedAccuracy,
    macroF1: counted.macroF1,
    matthews: counted.matthews,
  };
}

function areasOf({ ranked, labels, classes, weights }: Judged) {
  if (!weights) {
    return {
      auc: macroOneVsRest(areaUnderRoc, ranked, labels, classes),
      prAuc: macroOneVsRest(averagePrecision, ranked, labels, classes),
    };
  }
  const counts = Float64Array.from(labels, (label) => weightOf(weights, label));
  const area =
    (measure: typeof weightedAreaUnderRoc): typeof areaUnderRoc =>
    (scores, positive) =>
      measure(scores, positive, counts);
  return {
    auc: macroOneVsRest(area(weightedAreaUnderRoc), ranked, labels, classes),
    prAuc: macroOneVsRest(area(weightedAveragePrecision), ranked, labels, classes),
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

export interface ClassificationReportOptions extends Omit<BootstrapOptions, 'level'> {
  /** Of two classes the second is said from here on; default: the likelier one. */
  readonly threshold?: number | null;
  /** The class that is said of each row; default: by the threshold. */
  readonly said?: Int32Array;
  /** What a row of each class counts, see `classWeightsOf`; default: all the same. */
  readonly weights?: ShareWeights;
  /** Scores [rows, K] that the areas put rows in order by; default: the probabilities. */
  readonly ranked?: Float64Array;
}

/** @param probabilities [rows, K] @param labels class of each row */
export function classificationReport(
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
  {
    draws,
    seed = 0,
    threshold = null,
    said,
    weights = null,
    ranked = probabilities,
    groups = null,
  }: ClassificationReportOptions = {},
): ClassificationReport {
  const priors = new Float64Array(classes);
  const total = totalWeight(weights, labels);
  for (const label of labels) {
    priors[label] = (priors[label] as number) + weightOf(weights, label) / total;
  }
  const constant = Float64Array.from(
    { length: probabilities.length },
    (_, i) => priors[i % classes] as number,
  );
  const judgedBy = (p: Float64Array, order: Float64Array, decided?: Int32Array): Judged => ({
    p,
    ranked: order,
    said: decided ?? decidedClasses(p, classes, threshold),
    labels,
    classes,
    weights,
  });
  const whole = judgedBy(probabilities, ranked, said);
  const intervals = bootstrapIntervals(
    labels.length,
    (indices) => Object.values(figuresOf(rowsAt(whole, indices), 2)),
    { ...(draws !== undefined && { draws }), seed, groups },
  );
  const figures = Object.entries(figuresOf(whole)).map(([name, value], i) => {
    const interval = intervals[i] ?? { low: Number.NaN, high: Number.NaN };
    return [name, { value, ...(name === 'ece' ? around(value, interval) : interval) }] as const;
  });
  return {
    rows: labels.length,
    figures: Object.fromEntries(figures) as ClassificationReport['figures'],
    priorOnly: figuresOf(judgedBy(constant, constant)),
    confusion: confusion(whole.said, labels, classes, weights),
    reliability: reliability(probabilities, labels, classes, undefined, weights),
  };
}

/** These rows, each as often as it stands there. */
function rowsAt(judged: Judged, indices: Int32Array): Judged {
  const { p, ranked, said, labels, classes } = judged;
  const drawn = {
    ...judged,
    p: new Float64Array(indices.length * classes),
    ranked: new Float64Array(indices.length * classes),
    said: new Int32Array(indices.length),
    labels: new Int32Array(indices.length),
  };
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] as number;
    drawn.labels[i] = labels[row] as number;
    drawn.said[i] = said[row] as number;
    for (let k = 0; k < classes; k++) {
      drawn.p[i * classes + k] = p[row * classes + k] as number;
      drawn.ranked[i * classes + k] = ranked[row * classes + k] as number;
    }
  }
  return drawn;
}

/** What is taken from the drawn rows may leave the figure itself outside. */
function around(value: number, { low, high }: Interval): Interval {
  return { low: Math.min(low, value), high: Math.max(high, value) };
}
