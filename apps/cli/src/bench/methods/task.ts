import type { LanguageModel, TrainExample } from '@quaestor/peft';

/** What a model is asked to learn in the comparison of methods, and how well it learned it. */
export interface MethodTask {
  readonly name: string;
  readonly train: readonly TrainExample[];
  /** Held-out examples, for the loss. */
  readonly heldOut: readonly TrainExample[];
  /** Name and value of the task's own score, 0 … 100. */
  score(model: LanguageModel): Promise<{ readonly name: string; readonly value: number }>;
}
