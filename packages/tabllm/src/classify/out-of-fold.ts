/** Probabilities of labelled rows by models that have not seen the row, for whatever is decided on them. */
import { seededRandom } from '@quaestor/peft';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { type FitTabularOptions, fitTabular } from './fit-tabular.ts';
import { stratifiedFolds } from './folds.ts';
import { poolExpectations, predictTabular } from './tabular-model.ts';

const FOLDS = 5;
/** Of fewer rows of a class nothing can be decided. */
const FEWEST = 4;

/** Whether labels are enough to decide something on. */
export function canDecide(labels: Int32Array, classes: number): boolean {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts.every((count) => count >= FEWEST);
}

/** Probabilities [rows, K] of each row by a model of the other folds. */
export interface HeldOut {
  /** What labelled rows alone say. */
  readonly learned: Float64Array;
  /** With what the language model expects; the same where it was not asked. */
  readonly pooled: Float64Array;
}

export function outOfFold(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  options: FitTabularOptions,
): HeldOut {
  const folds = stratifiedFolds(labels, FOLDS, seededRandom(options.seed ?? 0));
  const learned = new Float64Array(labels.length * classes);
  const pooled = options.expected ? new Float64Array(learned.length) : learned;
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = [...labels.keys()].filter((i) => folds[i] === fold);
    const outside = [...labels.keys()].filter((i) => folds[i] !== fold);
    const known = Int32Array.from(outside, (i) => labels[i] as number);
    const model = fitTabular(pickRows(x, outside), known, classes, options);
    const rows = pickRows(x, inside);
    const alone = predictTabular({ ...model, expectations: null }, rows);
    const both = model.expectations ? poolExpectations(alone, model.expectations, rows) : alone;
    for (const [at, row] of inside.entries()) {
      const [from, to] = [at * classes, (at + 1) * classes];
      learned.set(alone.subarray(from, to), row * classes);
      pooled.set(both.subarray(from, to), row * classes);
    }
  }
  return { learned, pooled };
}
