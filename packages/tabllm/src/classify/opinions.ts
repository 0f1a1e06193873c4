/** What a model says of rows: a class with its probabilities, or a quantity with an interval. */
import { decidedClass } from '../metrics/decided-classes.ts';
import { bandAt } from './intervals.ts';
import type { LearnedTable } from './learned-table.ts';
import { onSide } from './one-sided.ts';

export interface ClassOpinion {
  readonly kind: 'class';
  /** Index among the classes. */
  readonly predicted: number;
  readonly probabilities: readonly number[];
  /** Lead of the predicted class over the next; negative where a threshold turned the choice. */
  readonly margin: number;
}

export interface ValueOpinion {
  readonly kind: 'value';
  readonly value: number;
  /** Ends of the 90 % interval; null where labels were too few to tell. */
  readonly low: number | null;
  readonly high: number | null;
}

export type Opinion = ClassOpinion | ValueOpinion;

/** @param rows cells in the schema's order, known to be text */
export function opinionsOn(learned: LearnedTable, rows: readonly (readonly string[])[]): Opinion[] {
  const model = learned.kind === 'regressor' ? learned.regressor : learned.classifier;
  return opinionsOf(learned, model.predict(rows));
}

/** @param said probabilities [rows, K], or values [rows] of a quantity */
export function opinionsOf(learned: LearnedTable, said: Float64Array): Opinion[] {
  if (learned.kind === 'regressor') {
    const { intervals, sign } = learned.regressor.state;
    return Array.from(said, (value): ValueOpinion => {
      const band = bandAt(intervals, value);
      if (band === null) return { kind: 'value', value, low: null, high: null };
      const [low, high] = [value - band.below, value + band.above];
      return { kind: 'value', value, low: onSide(low, sign), high: onSide(high, sign) };
    });
  }
  const { threshold, classes } = learned.classifier.state;
  return Array.from({ length: said.length / classes }, (_, row): ClassOpinion => {
    const probabilities: number[] = [];
    for (let k = 0; k < classes; k++) probabilities.push(said[row * classes + k] as number);
    const predicted = decidedClass(said, row, classes, threshold);
    let next = 0;
    for (let k = 0; k < classes; k++) {
      const p = probabilities[k] as number;
      if (k !== predicted && p > next) next = p;
    }
    return {
      kind: 'class',
      predicted,
      probabilities,
      margin: (probabilities[predicted] as number) - next,
    };
  });
}
