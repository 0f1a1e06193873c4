/**
 * Which examples make up which step. The order is a pure function of seed and step, so a resumed run
 * sees exactly the batches it would have seen.
 */
import { seededRandom, seedOfPart } from '../tensors/random.ts';
import type { TrainConfig } from './config.ts';

/** One training text: the loss is taken at ids[labelStart…]. */
export interface TrainExample {
  readonly ids: readonly number[];
  readonly labelStart: number;
  /** Task of the example, where several are trained in one batch. */
  readonly tag?: number;
  /** Tokens that a pass computes for it, where its loss runs others than `ids`. */
  readonly cost?: number;
}

/** Tokens that a pass computes for an example. */
export function tokensOf({ ids, cost }: TrainExample): number {
  return cost ?? ids.length;
}

/** Batches per window in which `group_by_length` sorts. */
const WINDOW = 16;

/** Steps of a whole run. */
export function countSteps(examples: number, config: TrainConfig): number {
  const perEpoch = Math.ceil(examples / config.batch_size);
  const all = Math.max(1, Math.round(perEpoch * config.num_train_epochs));
  return config.max_steps === null ? all : Math.min(all, config.max_steps);
}

/** The examples of an epoch in their batches. */
export function epochBatches<Example extends TrainExample>(
  examples: readonly Example[],
  epoch: number,
  config: TrainConfig,
): readonly (readonly Example[])[] {
  const random = seededRandom(seedOfPart(config.seed, 1_000_003, epoch));
  const order = random.shuffle(examples);
  const size = config.batch_size;
  if (!config.group_by_length) return chunks(order, size);
  const batches = chunks(order, size * WINDOW).flatMap((window) =>
    chunks(
      window.sort((a, b) => tokensOf(a) - tokensOf(b)),
      size,
    ),
  );
  return random.shuffle(batches);
}

/** Splits a batch into passes of at most `tokens` tokens; a longer example is a pass of its own. */
export function microBatches<Example extends TrainExample>(
  batch: readonly Example[],
  tokens: number,
): readonly (readonly Example[])[] {
  const passes: Example[][] = [];
  let room = 0;
  for (const example of batch) {
    const current = passes.at(-1);
    const size = tokensOf(example);
    if (current && size <= room) {
      current.push(example);
      room -= size;
    } else {
      passes.push([example]);
      room = tokens - size;
    }
  }
  return passes;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const result: Item[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}
