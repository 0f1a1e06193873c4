/** Probabilities of labelled rows by models that have not seen the row, for whatever is decided on them. */
import { seededRandom } from '@quaestor/peft';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { type FitTabularOptions, fitTabular } from './fit-tabular.ts';
import { stratifiedFolds } from './folds.ts';
import { predictTabular } from './tabular-model.ts';

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
export function outOfFold(
  x: Matrix,
  labels: Int32Array,
  classes: number,
  options: FitTabularOptions,
): Float64Array {
  const folds = stratifiedFolds(labels, FOLDS, seededRandom(options.seed ?? 0));
  const result = new Float64Array(labels.length * classes);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = [...labels.keys()].filter((i) => folds[i] === fold);
    const outside = [...labels.keys()].filter((i) => folds[i] !== fold);
    const known = Int32Array.from(outside, (i) => labels[i] as number);
    const model = fitTabular(pickRows(x, outside), known, classes, options);
    const p = predictTabular(model, pickRows(x, inside));
    for (const [at, row] of inside.entries()) {
      result.set(p.subarray(at * classes, (at + 1) * classes), row * classes);
    }
  }
  return result;
}
