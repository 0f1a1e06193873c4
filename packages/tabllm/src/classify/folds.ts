/** Stratified folds: each holds about the same share of every class. */
import type { Random } from '@quaestor/peft';

/** @returns the fold of each row */
export function stratifiedFolds(labels: Int32Array, folds: number, random: Random): Int32Array {
  const result = new Int32Array(labels.length);
  let next = 0;
  for (const label of new Set(labels)) {
    const rows = random.shuffle([...labels.keys()].filter((i) => labels[i] === label));
    for (const row of rows) result[row] = next++ % folds;
  }
  return result;
}
