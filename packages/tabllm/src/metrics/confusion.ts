/** Predicted against true classes, and the figures that follow from the counts. */
import { type ShareWeights, weightOf } from './class-weights.ts';

export interface ClassFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows of the class, as they count. */
  readonly support: number;
}

export interface ConfusionFigures {
  /** [true][predicted]; rows as they count, whole numbers where all count the same. */
  readonly counts: readonly (readonly number[])[];
  readonly accuracy: number;
  /** Mean recall of the classes that occur. */
  readonly balancedAccuracy: number;
  /** Mean F1 of the classes that occur or are predicted. */
  readonly macroF1: number;
  /** Matthews' correlation for several classes (Gorodkin 2004); 0 where one side does not vary. */
  readonly matthews: number;
  readonly classes: readonly ClassFigures[];
}

/** @param weights what a row of each class counts */
export function confusion(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  weights?: ShareWeights,
): ConfusionFigures {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const row = counts[label] as number[];
    const guess = predicted[i] as number;
    row[guess] = (row[guess] as number) + weightOf(weights, label);
  }
  const at = (k: number, j: number) => counts[k]?.[j] as number;
  const indices = Array.from(counts.keys());
  const support = indices.map((k) => sum(counts[k] as number[]));
  const guessed = indices.map((j) => sum(indices.map((k) => at(k, j))));
  const figures = indices.map((k): ClassFigures => {
    const [hits, rows, guesses] = [at(k, k), support[k] as number, guessed[k] as number];
    return {
      precision: share(hits, guesses),
      recall: share(hits, rows),
      f1: share(2 * hits, rows + guesses),
      support: rows,
    };
  });
  const total = sum(support);
  const right = sum(indices.map((k) => at(k, k)));
  const product = sum(indices.map((k) => (support[k] as number) * (guessed[k] as number)));
  // Of what does not vary rounding would leave a little, of either sign.
  const spread = (values: readonly number[]) =>
    values.filter((value) => value > 0).length < 2
      ? 0
      : total ** 2 - sum(values.map((value) => value ** 2));
  const occurring = figures.filter((figure) => figure.support > 0);
  const seen = figures.filter((figure, k) => figure.support > 0 || (guessed[k] as number) > 0);
  return {
    counts,
    accuracy: share(right, total),
    balancedAccuracy: share(sum(occurring.map(({ recall }) => recall)), occurring.length),
    macroF1: share(sum(seen.map(({ f1 }) => f1)), seen.length),
    matthews: share(right * total - product, Math.sqrt(spread(support) * spread(guessed))),
    classes: figures,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
