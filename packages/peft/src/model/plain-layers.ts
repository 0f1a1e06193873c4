import { precisionOf } from '../tensors/raw-op.ts';
import type { Block } from './block.ts';
import type { LanguageModel } from './language-model.ts';
import type { ProjectionGroup } from './projection.ts';

/**
 * Whether the layers are what their weights say, and nothing else: no method computes beside them (one that
 * is merged does not), no biases, and all matrices kept alike.
 */
export function hasPlainLayers({ blocks, storage }: LanguageModel): boolean {
  const plain = ({ hook, bias, weight }: ProjectionGroup): boolean =>
    (hook === null || hook.merged === true) && bias === null && precisionOf(weight) === storage;
  return blocks.every(
    ({ hook, qkv, output, gateUp, down }: Block) =>
      hook === null && [qkv, output, gateUp, down].every(plain),
  );
}
