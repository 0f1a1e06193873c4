/** A labelled row as the trainer takes it: a prompt and the labels to choose from. */
import type { TrainExample } from '@quaestor/peft';
import type { LabelPlan } from '../scoring/label-plan.ts';

export interface ChoiceExample extends TrainExample {
  readonly plan: LabelPlan;
  /** Which of the plan's labels is the right one. */
  readonly label: number;
  /** How much its loss counts. */
  readonly weight: number;
}

/** @param prompt token ids of the row's prompt */
export function choiceExample(
  prompt: readonly number[],
  plan: LabelPlan,
  label: number,
  weight = 1,
): ChoiceExample {
  return {
    ids: [...prompt, ...(plan.labels[label]?.tokens ?? [])],
    labelStart: prompt.length,
    cost: plan.stems.reduce((sum, stem) => sum + prompt.length + stem.length, 0),
    plan,
    label,
    weight,
  };
}

/** The prompt of an example. */
export function promptOf({ ids, labelStart }: ChoiceExample): readonly number[] {
  return ids.slice(0, labelStart);
}
