import type { TrainingExample } from '@quaestor/finsql';
import type { Tokenizer, TrainExample } from '@quaestor/peft';

/** Prompt, SQL and end token as ids; the loss is taken on the SQL and the end. */
export function encodeExamples(
  examples: readonly TrainingExample[],
  tokenizer: Tokenizer,
): readonly TrainExample[] {
  const end = tokenizer.endIds.slice(0, 1);
  return examples.map(({ prompt, completion }) => {
    const before = tokenizer.encode(prompt);
    return { ids: [...before, ...tokenizer.encode(completion), ...end], labelStart: before.length };
  });
}
