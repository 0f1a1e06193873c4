import { type LanguageModel, PeftError } from '@quaestor/peft';
import { sqlTask } from './sql-task.ts';
import { tableTask } from './table-task.ts';
import type { MethodTask } from './task.ts';

export const TASKS = ['sql', 'table'] as const;

/** @throws PeftError 'bad-config' for a model without a tokenizer */
export async function openTask(
  name: (typeof TASKS)[number],
  { tokenizer, name: modelName }: LanguageModel,
  seed: number,
): Promise<MethodTask> {
  if (tokenizer === null) {
    throw new PeftError('bad-config', {
      en: `${modelName} has no tokenizer.`,
      zh: `${modelName} 没有分词器。`,
    });
  }
  return { sql: sqlTask, table: tableTask }[name](tokenizer, seed);
}
