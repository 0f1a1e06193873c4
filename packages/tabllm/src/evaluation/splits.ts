/**
 * Test rows and few-shot rows of each seed, as the TabLLM paper has them: 20 % of the rows are tested;
 * of the others k rows are drawn, equally many of each class (the last takes what is left over) and
 * with replacement; the tested rows keep the table's own shares.
 */
import { type Random, seededRandom } from '@quaestor/peft';
import * as z from 'zod';

const rows = z.array(z.int().min(0));

/** A file of splits: of each seed the tested rows and, by k, the rows to learn from. */
export const splitsFile = z.object({
  seeds: z
    .record(z.string(), z.object({ test: rows, fewshot: z.record(z.string(), rows) }))
    .describe('by seed; rows are counted from 0'),
});

export interface Split {
  readonly seed: number;
  /** Tested rows, counted from 0. */
  readonly test: readonly number[];
  /** Rows to learn from. */
  shots(k: number): readonly number[];
}

/** The paper's seeds, in its order. */
export const PAPER_SEEDS: readonly number[] = [42, 1024, 0, 1, 32];
/** The paper's numbers of labelled rows. */
export const PAPER_SHOTS: readonly number[] = [4, 8, 16, 32, 64, 128, 256, 512];

/** A split of a table that has none in a file. @param labels class of each row */
export function drawSplit(labels: Int32Array, classes: number, seed: number): Split {
  const order = seededRandom(seed).shuffle([...labels.keys()]);
  const tested = Math.ceil(0.2 * labels.length);
  const pool = order.slice(tested);
  return {
    seed,
    test: order.slice(0, tested),
    shots: (k) => drawShots(pool, labels, classes, k, seededRandom(seed + 7919 * k)),
  };
}

function drawShots(
  pool: readonly number[],
  labels: Int32Array,
  classes: number,
  k: number,
  random: Random,
): number[] {
  const each = Math.floor(k / classes);
  const drawn: number[] = [];
  for (let label = 0; label < classes; label++) {
    const rowsOfClass = pool.filter((row) => labels[row] === label);
    const count = label === classes - 1 ? k - drawn.length : each;
    for (let i = 0; i < count && rowsOfClass.length > 0; i++) {
      drawn.push(rowsOfClass[random.integer(rowsOfClass.length)] as number);
    }
  }
  return random.shuffle(drawn);
}
