/** The first layers of a model as a model of its own: an encoder for tasks that need no text written. */
import { PeftError } from '../errors.ts';
import type { LanguageModel } from './language-model.ts';
import { modelView } from './model-view.ts';

/**
 * A view (`modelView`) of the first `count` blocks.
 * @throws PeftError 'bad-config' when the model has fewer layers
 */
export function firstLayers(model: LanguageModel, count: number): LanguageModel {
  if (!Number.isInteger(count) || count < 1 || count > model.blocks.length) {
    throw new PeftError('bad-config', {
      en: `${model.name} has ${model.blocks.length} layers; expected to take from 1 to so many, got ${count}`,
      zh: `${model.name} 有 ${model.blocks.length} 层，应取 1 到 ${model.blocks.length} 层，实际为 ${count}`,
    });
  }
  const view = modelView(model);
  return {
    ...view,
    config: { ...model.config, num_hidden_layers: count },
    blocks: view.blocks.slice(0, count),
  };
}
