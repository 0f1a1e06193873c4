/**
 * LoRA+ (Hayou et al. 2024, arXiv 2402.12354): B learns faster than A by a fixed ratio; 16 is the
 * authors' choice. As in HF-PEFT, vectors (biases, norms, magnitudes) go with B and the factors of an
 * embedding have a small rate of their own.
 */
import type { ParameterGroup } from './adamw.ts';
import type { TrainConfig } from './config.ts';

/** HF-PEFT's default for `loraplus_lr_embedding`. */
const EMBEDDING_RATE = 1e-6;

/** The groups of a run, none without `loraplus_lr_ratio`. The first that matches a parameter counts. */
export function loraPlusGroups({
  loraplus_lr_ratio: ratio,
  loraplus_lr_embedding = EMBEDDING_RATE,
  learning_rate,
}: TrainConfig): readonly ParameterGroup[] {
  if (ratio === undefined) return [];
  return [
    {
      match: (name) => name.includes('.lora_embedding_'),
      learningRateFactor: loraplus_lr_embedding / learning_rate,
    },
    {
      match: (name, shape) => name.includes('lora_B') || shape.length === 1,
      learningRateFactor: ratio,
    },
  ];
}
