/**
 * A few labelled rows, as many of each class. Without replacement by default; the paper's splits are
 * drawn with replacement, with k/C rows a class and what is left over of the last.
 */
import { seededRandom } from '@quaestor/peft';

export interface ShotOptions {
  readonly seed?: number;
  /** Default false. */
  readonly replacement?: boolean;
}

/**
 * @param labels class of each row
 * @param k rows to draw; without replacement, where a class has too few the others give more
 * @returns indices of rows, in random order
 */
export function drawShots(
  labels: ArrayLike<number>,
  classes: number,
  k: number,
  { seed = 0, replacement = false }: ShotOptions = {},
): number[] {
  const random = seededRandom(seed);
  const byClass = Array.from({ length: classes }, () => [] as number[]);
  for (let row = 0; row < labels.length; row++) byClass[labels[row] as number]?.push(row);
  if (replacement) {
    const each = Math.floor(k / classes);
    const drawn = byClass.flatMap((rows, label) => {
      const count = label === classes - 1 ? k - each * (classes - 1) : each;
      if (rows.length === 0) return [];
      return Array.from({ length: count }, () => rows[random.integer(rows.length)] as number);
    });
    return random.shuffle(drawn);
  }
  const waiting = byClass.map((rows) => random.shuffle(rows));
  const drawn: number[] = [];
  // One of each class in turn, so that the counts differ by one at most while all last.
  while (drawn.length < k && waiting.some((rows) => rows.length > 0)) {
    for (const rows of waiting) {
      const row = drawn.length < k ? rows.pop() : undefined;
      if (row !== undefined) drawn.push(row);
    }
  }
  return random.shuffle(drawn);
}
