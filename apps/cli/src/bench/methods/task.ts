import type { LanguageModel, TrainExample } from '@quaestor/peft';

/** What a model is asked to learn in the comparison of methods, and how well it learned it. */
export interface MethodTask {
  readonly name: string;
  readonly train: readonly TrainExample[];
  /** Held-out examples, for the loss. */
  readonly heldOut: readonly TrainExample[];
  /** The task's own score, 0 … 100; without one, the share of held-out tokens predicted right. */
  readonly score?: (model: LanguageModel) => { readonly name: string; readonly value: number };
}
