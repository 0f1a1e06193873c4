/** Which of many labelled rows a language model reads before its weight is decided. */
import { DECIDED_FROM } from './out-of-fold.ts';

/**
 * The first so many, with as many rows of each class as take something to decide, where there are: of a rare
 * class the first may have none, and whatever speaks against it would seem to help.
 * @param labels of rows in a random order @returns places of the rows
 */
export function rowsToRead(labels: Int32Array, classes: number, most: number): number[] {
  if (labels.length <= most) return [...labels.keys()];
  const kept: number[] = [];
  const counts = new Array<number>(classes).fill(0);
  for (const [at, label] of labels.entries()) {
    if ((counts[label] as number) >= DECIDED_FROM) continue;
    counts[label] = (counts[label] as number) + 1;
    kept.push(at);
  }
  const chosen = new Set(kept);
  for (const at of labels.keys()) {
    if (chosen.size >= most) break;
    chosen.add(at);
  }
  return [...chosen].sort((one, other) => one - other);
}
