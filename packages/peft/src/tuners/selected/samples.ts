/** Which training examples scores are computed on. */
import { seededRandom, seedOfPart } from '../../tensors/random.ts';
import type { TrainExample } from '../../trainer/batches.ts';
import type { TrainingRun } from '../tuner.ts';

/**
 * A random subset, or all examples in their order when there are no more than `count`.
 * @param draw tells the subsets of one run apart; a resumed run draws the same ones
 */
export function sampleExamples(run: TrainingRun, count: number, draw = 0): readonly TrainExample[] {
  if (count >= run.examples.length) return run.examples;
  const random = seededRandom(seedOfPart(run.config.seed, 7919, draw));
  return random.shuffle(run.examples).slice(0, count);
}

/** Consecutive groups of `size` examples. */
export function inGroups(
  examples: readonly TrainExample[],
  size: number,
): readonly (readonly TrainExample[])[] {
  return Array.from({ length: Math.ceil(examples.length / size) }, (_, i) =>
    examples.slice(i * size, (i + 1) * size),
  );
}
