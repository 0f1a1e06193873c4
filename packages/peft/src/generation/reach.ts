import type { LanguageModel } from '../model/language-model.ts';
import type { TextModel } from './completion.ts';

/** Tokens that a prompt with its completion may have: positions of the model without those of an adapter's rows. */
export function reachOf(model: TextModel | LanguageModel): number {
  return 'rotary' in model
    ? (model.rotary.cos.shape[0] as number) - (model.virtualRows?.length ?? 0)
    : model.config.max_position_embeddings;
}
