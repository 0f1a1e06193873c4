import type { LanguageModel } from '../model/language-model.ts';
import { reachOfSequences } from '../model/reach.ts';
import type { TextModel } from './completion.ts';

/** Tokens that a prompt with its completion may have. */
export function reachOf(model: TextModel | LanguageModel): number {
  return 'rotary' in model ? reachOfSequences(model) : model.config.max_position_embeddings;
}
