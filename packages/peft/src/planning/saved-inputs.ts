/** What linear layers keep of their input for the backward pass: the rule that all blocks share. */
import type { TrainedShapes } from './methods/trained-shapes.ts';

/**
 * Bytes that linear layers reading one input keep of it, per token. A frozen layer keeps nothing; a
 * trained one and a branch without dropout share one copy; a branch with dropout keeps its own,
 * dropped copy and the mask of one byte an entry.
 *
 * @param names last parts of the layers' paths inside `path`
 * @param width of the input
 * @param bytes of one value
 */
export function savedInputs(
  trained: TrainedShapes,
  path: string,
  names: readonly string[],
  width: number,
  bytes: number,
): number {
  let saved = 0;
  let shared = false;
  for (const name of names) {
    const whole = `${path}.${name}`;
    shared ||= trained.ownWeights.has(whole);
    const branch = trained.branches.get(whole);
    if (branch === undefined) continue;
    if (branch.readsInput && branch.dropout > 0) saved += (bytes + 1) * width;
    else shared ||= branch.readsInput;
    saved += bytes * branch.values;
  }
  return saved + (shared ? bytes * width : 0);
}
