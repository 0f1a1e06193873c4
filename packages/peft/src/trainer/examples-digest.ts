import { createHash } from 'node:crypto';
import type { TrainExample } from './batches.ts';

/** SHA-256 of what is trained on: tokens, labels and tasks, in their order. */
export function examplesDigest(examples: readonly TrainExample[]): string {
  const hash = createHash('sha256');
  for (const { ids, labelStart, tag = -1 } of examples) {
    hash.update(Int32Array.from([ids.length, labelStart, tag, ...ids]));
  }
  return hash.digest('hex');
}
