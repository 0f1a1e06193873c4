import { planLabels } from '../scoring/label-plan.ts';
import type { LabelPrompt } from '../scoring/label-prompt.ts';
import { type ChoiceExample, choiceExample } from './choice-example.ts';
import { type ClassWeights, weightsOfClasses } from './class-weights.ts';

/**
 * Rows of one table, put into text, with their labels as training examples.
 * @param labels class of each row, by place in the prompt's words
 * @throws TabLlmError 'bad-config' for words that cannot be told apart or weights that do not fit
 */
export function tableExamples(
  prompt: LabelPrompt,
  notes: readonly string[],
  labels: ArrayLike<number>,
  weights: ClassWeights = 'none',
): ChoiceExample[] {
  const plan = planLabels(prompt.labels);
  const byClass = weightsOfClasses(weights, labels, prompt.labels.length);
  return notes.map((note, i) => {
    const label = labels[i] as number;
    return choiceExample(prompt.encode(note), plan, label, byClass[label]);
  });
}
