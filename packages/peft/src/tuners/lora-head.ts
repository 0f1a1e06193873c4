/** The head as a projection group of one, so that it takes low-rank corrections as other layers do. */
import type { LanguageModel } from '../model/language-model.ts';
import type { ProjectionGroup } from '../model/projection.ts';
import { cast } from '../tensors/cast.ts';

export interface AdaptedHead {
  /** After the group was merged: the model's head is the merged weight. */
  merged(): void;
  /** After the group was unmerged. */
  unmerged(): void;
  detach(): void;
}

/** Lets a group compute the logits. @param group of the model's head */
export function adaptHead(model: LanguageModel, group: ProjectionGroup): AdaptedHead {
  const original = model.head;
  const hook = (hidden: Parameters<typeof group.forward>[0]) =>
    cast(group.forward(hidden), 'float32');
  model.headHook = hook;
  return {
    merged: () => {
      model.head = group.weight;
      // The model has no place for a bias of its head.
      model.headHook = group.bias ? hook : null;
    },
    unmerged: () => {
      model.head = original;
      model.headHook = hook;
    },
    detach: () => {
      model.head = original;
      model.headHook = null;
    },
  };
}
