/**
 * The first layers of a model as a model of its own: an encoder for tasks that need no text written.
 * It shares the base's weights and nothing else, so that what is attached to one leaves the other alone.
 */
import { PeftError } from '../errors.ts';
import type { LanguageModel } from './language-model.ts';
import { ProjectionGroup } from './projection.ts';

/**
 * A view of the first `count` blocks over the weights as they are now: take it before a method is merged
 * into the base. Disposing the view frees nothing.
 * @throws PeftError 'bad-config' when the model has fewer layers
 */
export function firstLayers(model: LanguageModel, count: number): LanguageModel {
  if (!Number.isInteger(count) || count < 1 || count > model.blocks.length) {
    throw new PeftError('bad-config', {
      en: `${model.name} has ${model.blocks.length} layers; expected to take from 1 to so many, got ${count}`,
      zh: `${model.name} 有 ${model.blocks.length} 层，应取 1 到 ${model.blocks.length} 层，实际为 ${count}`,
    });
  }
  const share = ({ parts, weight, bias }: ProjectionGroup) =>
    new ProjectionGroup(parts, weight, bias);
  return {
    ...model,
    config: { ...model.config, num_hidden_layers: count },
    blocks: model.blocks.slice(0, count).map((block) => ({
      ...block,
      qkv: share(block.qkv),
      output: share(block.output),
      gateUp: share(block.gateUp),
      down: share(block.down),
      hook: null,
    })),
    embeddingHook: null,
    headHook: null,
    virtualRows: null,
    rowTags: null,
    dispose: () => {},
  };
}
