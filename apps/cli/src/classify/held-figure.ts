/**
 * How good a model is on its own labelled rows, each predicted by models that have not seen it: of each kind
 * of target the one figure that is said first, with a bootstrap interval that takes milliseconds.
 */
import {
  areaUnderRoc,
  bootstrapInterval,
  confusion,
  DECIDED_FROM,
  heldReport,
  type Interval,
  type LearnedClassifier,
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
/** Classes that are named. */
const MOST_NAMED = 5;

/** @param report where all figures have been drawn already, with their intervals @returns null with too few labels */
export function heldFigure(learned: LearnedTable, report: TableReport | null): HeldFigure | null {
  const key =
    learned.kind === 'regressor' ? 'r2' : learned.classes.length === 2 ? 'auc' : 'balancedAccuracy';
  const figures: Readonly<Record<string, { readonly value: number } & Interval>> | undefined =
    report?.figures;
  const drawn = figures?.[key];
  if (report && drawn) return { key, name: NAMES[key], rows: report.rows, ...drawn };
  if (learned.kind === 'regressor') {
    const whole = heldReport(learned, { draws: DRAWS });
    return whole && heldFigure(learned, whole);
  }
  const figure = figureOf(learned);
  if (figure === null) return null;
  const all = Int32Array.from({ length: figure.rows }, (_, i) => i);
  const interval = bootstrapInterval(figure.rows, figure.of, {
    draws: DRAWS,
    groups: figure.groups,
  });
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
  const { labelled } = learned;
  if (labelled === 0) {
    return `Nothing tells whether the order is right: label some rows, ${DECIDED_FROM} of each class at least, to see.`;
  }
  if (figure === null) {
    const needed =
      learned.kind === 'classifier'
        ? `, and to calibrate probabilities by: that takes ${DECIDED_FROM} of each class${tooFew(learned)}`
        : '';
    return `Too few labels to tell how good the predictions are${needed}.`;
  }
  const uncalibrated =
    learned.kind === 'classifier' && learned.classifier.state.calibration.kind === 'none'
      ? ' Probabilities are not calibrated, and most often too sure.'
      : '';
  const { name, rows, value, low, high } = figure;
  const interval = `${low.toFixed(2)} – ${high.toFixed(2)}`;
  return `On ${rows} labelled rows that the models had not seen: ${name} ${value.toFixed(2)} (${interval}).${uncalibrated}`;
}

/** ` (there are 1 of b)`; nothing where each class has enough rows, but of too few groups. */
function tooFew({ classes, counts }: LearnedClassifier): string {
  const few = classes.flatMap((name, k) => {
    const count = counts[k] as number;
    return count < DECIDED_FROM ? [`${count} of ${name}`] : [];
  });
  const more = few.length > MOST_NAMED ? ', …' : '';
  return few.length === 0 ? '' : ` (there are ${few.slice(0, MOST_NAMED).join(', ')}${more})`;
}

/** A figure of rows by their places, each as often as it stands there. */
type FigureOf = (places: Int32Array) => number;

function figureOf(
  learned: LearnedClassifier,
): { readonly rows: number; readonly of: FigureOf; readonly groups: Int32Array | null } | null {
  const { held, state } = learned.classifier;
  if (held === null) return null;
  const { probabilities, ranked, labels, groups } = held;
  const of =
    state.classes === 2 ? area(ranked, labels) : meanRecall(probabilities, labels, state.classes);
  return { rows: labels.length, of, groups };
}

function area(ranked: Float64Array, labels: Int32Array): FigureOf {
  return (places) =>
    areaUnderRoc(
      Float64Array.from(places, (place) => ranked[2 * place + 1] as number),
      Array.from(places, (place) => labels[place] === 1),
    );
}

function meanRecall(probabilities: Float64Array, labels: Int32Array, classes: number): FigureOf {
  const predicted = labels.map((_, i) => {
    const said = probabilities.subarray(i * classes, (i + 1) * classes);
    return said.indexOf(Math.max(...said));
  });
  return (places) =>
    confusion(
      places.map((place) => predicted[place] as number),
      places.map((place) => labels[place] as number),
      classes,
    ).balancedAccuracy;
}
