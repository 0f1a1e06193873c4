/**
 * How good a model is on its own labelled rows, each predicted by models that have not seen it: of each kind
 * of target the one figure that is said first, with a bootstrap interval that takes milliseconds.
 */
import {
  bootstrapInterval,
  CALIBRATED_FROM,
  DECIDED_FROM,
  heldReport,
  type Interval,
  type LearnedTable,
  type TableReport,
} from '@quaestor/tabllm';

export interface HeldFigure extends Interval {
  /** Key among the figures of a report. */
  readonly key: 'auc' | 'balancedAccuracy' | 'r2';
  readonly name: string;
  readonly rows: number;
  readonly value: number;
}

const NAMES = { auc: 'AUC', balancedAccuracy: 'balanced accuracy', r2: 'R²' };
const DRAWS = 200;

/** @param report where all figures have been drawn already, with their intervals @returns null with too few labels */
export function heldFigure(learned: LearnedTable, report: TableReport | null): HeldFigure | null {
  const key =
    learned.kind === 'regressor' ? 'r2' : learned.classes.length === 2 ? 'auc' : 'balancedAccuracy';
  const figures: Readonly<Record<string, { readonly value: number } & Interval>> | undefined =
    report?.figures;
  const drawn = figures?.[key];
  if (report && drawn) return { key, name: NAMES[key], rows: report.rows, ...drawn };
  const figure = figureOf(learned);
  if (figure === null) return null;
  const all = Int32Array.from({ length: figure.rows }, (_, i) => i);
  const interval = bootstrapInterval(figure.rows, figure.of, { draws: DRAWS });
  return { key, name: NAMES[key], rows: figure.rows, value: figure.of(all), ...interval };
}

/** All figures of the labelled rows; only the one that is said first has an interval, for all take minutes. */
export function quickReport(learned: LearnedTable, figure: HeldFigure | null): object | null {
  const report = heldReport(learned, { draws: 0 });
  if (report === null || figure === null) return report;
  const { key, value, low, high } = figure;
  return { ...report, figures: { ...report.figures, [key]: { value, low, high } } };
}

/** How good the predictions are, or why that is not known: a line for people. */
export function describeQuality(learned: LearnedTable, figure: HeldFigure | null): string {
  const { kind, labelled } = learned;
  if (labelled === 0) {
    return `Nothing tells whether the order is right: label some rows, ${DECIDED_FROM} of each class at least, to see.`;
  }
  if (figure === null) {
    const needed = `: that takes ${DECIDED_FROM} of each class, and calibrated probabilities ${CALIBRATED_FROM} in all`;
    return `Too few labels to tell how good the predictions are${kind === 'classifier' ? needed : ''}.`;
  }
  const uncalibrated =
    kind === 'classifier' && learned.classifier.state.calibration.kind === 'none'
      ? ` Probabilities are not calibrated: that takes ${CALIBRATED_FROM} labels.`
      : '';
  const { name, rows, value, low, high } = figure;
  const interval = `${low.toFixed(2)} – ${high.toFixed(2)}`;
  return `On ${rows} labelled rows that the models had not seen: ${name} ${value.toFixed(2)} (${interval}).${uncalibrated}`;
}

/** A figure of rows by their places, each as often as it stands there. */
type FigureOf = (places: Int32Array) => number;

function figureOf(learned: LearnedTable): { readonly rows: number; readonly of: FigureOf } | null {
  if (learned.kind === 'regressor') {
    const { held } = learned.regressor;
    return held && { rows: held.values.length, of: explainedShare(held.predicted, held.values) };
  }
  const { held, state } = learned.classifier;
  if (held === null) return null;
  const { probabilities, labels } = held;
  const two = state.classes === 2;
  const of = two ? area(probabilities, labels) : meanRecall(probabilities, labels, state.classes);
  return { rows: labels.length, of };
}

/** P(score of class 1 > score of class 0) + ½ P(equal). Rows are sorted once, and counted for every draw. */
function area(probabilities: Float64Array, labels: Int32Array): FigureOf {
  const scores = probabilities.filter((_, i) => i % 2 === 1);
  const score = (place: number) => scores[place] as number;
  const order = labels.map((_, i) => i).sort((a, b) => score(a) - score(b));
  const times = new Int32Array(labels.length);
  return (places) => {
    times.fill(0);
    for (const place of places) times[place] = (times[place] as number) + 1;
    let [ordered, zeros, ones] = [0, 0, 0];
    for (let i = 0; i < order.length; ) {
      const here = score(order[i] as number);
      const alike = [0, 0] as [number, number];
      for (; i < order.length && score(order[i] as number) === here; i++) {
        const place = order[i] as number;
        alike[labels[place] === 1 ? 1 : 0] += times[place] as number;
      }
      ordered += alike[1] * (zeros + alike[0] / 2);
      zeros += alike[0];
      ones += alike[1];
    }
    return ordered / (zeros * ones);
  };
}

/** Mean recall of the classes that occur. */
function meanRecall(probabilities: Float64Array, labels: Int32Array, classes: number): FigureOf {
  const right = labels.map((label, i) => {
    const said = probabilities.subarray(i * classes, (i + 1) * classes);
    return Number(said.indexOf(Math.max(...said)) === label);
  });
  return (places) => {
    const [rows, hits] = [new Int32Array(classes), new Int32Array(classes)];
    for (const place of places) {
      const label = labels[place] as number;
      rows[label] = (rows[label] as number) + 1;
      hits[label] = (hits[label] as number) + (right[place] as number);
    }
    const recalls = [...rows.keys()]
      .filter((k) => rows[k] !== 0)
      .map((k) => (hits[k] as number) / (rows[k] as number));
    return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
  };
}

/** R²: the share of the spread around the mean that is foretold. */
function explainedShare(predicted: Float64Array, values: Float64Array): FigureOf {
  return (places) => {
    const value = (place: number) => values[place] as number;
    let centre = 0;
    for (const place of places) centre += value(place) / places.length;
    let [missed, spread] = [0, 0];
    for (const place of places) {
      missed += ((predicted[place] as number) - value(place)) ** 2;
      spread += (value(place) - centre) ** 2;
    }
    return spread === 0 ? 0 : 1 - missed / spread;
  };
}
