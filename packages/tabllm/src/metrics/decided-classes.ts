/** Which class is said: the likeliest, or of two the second from a threshold on. */
import { likeliest } from './probability.ts';

/** The threshold of a second class that is never said, however probable. */
export const NEVER_SAID = 1;

/** @param probabilities [rows, K] @param threshold of class 1 of two; null: the likeliest */
export function decidedClass(
  probabilities: Float64Array,
  row: number,
  classes: number,
  threshold: number | null,
): number {
  if (threshold === null) return likeliest(probabilities, row, classes);
  return Number(threshold < NEVER_SAID && (probabilities[2 * row + 1] as number) >= threshold);
}

/** The same of every row. */
export function decidedClasses(
  probabilities: Float64Array,
  classes: number,
  threshold: number | null,
): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, row) =>
    decidedClass(probabilities, row, classes, threshold),
  );
}
