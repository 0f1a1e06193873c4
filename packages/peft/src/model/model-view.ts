/** A model once more over the same frozen weights: what is attached to one leaves the other alone. */
import type { LanguageModel } from './language-model.ts';
import { ProjectionGroup } from './projection.ts';

/**
 * A view of the model over its weights as they are now: take it before a method is merged into the model
 * itself. A method that is merged into the view has its merged weights there, beside those that all share.
 * Disposing the view frees nothing, and it is of no more use once the model is disposed.
 */
export function modelView(model: LanguageModel): LanguageModel {
  const share = (group: ProjectionGroup) =>
    new ProjectionGroup(group.parts, group.weight, group.bias, group.precision, group);
  return {
    ...model,
    blocks: model.blocks.map((block) => ({
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
    carried: null,
    dispose: () => {},
  };
}
