/** Questions over the demo database: prompts and SQL as the pipeline trains and writes them. */
import { buildTrainingExamples, readTextToSqlSet } from '@quaestor/finsql';
import { encodeRecord, stateFolder, type Tokenizer, type TrainExample } from '@quaestor/peft';
import { inRepository } from '../../repository.ts';
import type { MethodTask } from './task.ts';

/** Held-out questions that are scored. */
const HELD_OUT = 48;

/** @param seed of the prompts */
export function sqlTask(tokenizer: Tokenizer, seed: number): MethodTask {
  const encoded = (part: string, limit?: number): readonly TrainExample[] => {
    const set = readTextToSqlSet({
      questions: inRepository(`data/demo/questions-${part}.json`),
      databases: stateFolder('databases'),
    });
    const some = { ...set, items: set.items.slice(0, limit) };
    const countTokens = (text: string): number => tokenizer.encode(text).length;
    const { examples } = buildTrainingExamples(some, { seed, countTokens });
    return examples.map((example) => encodeRecord(example, tokenizer));
  };
  return { name: 'sql', train: encoded('train'), heldOut: encoded('dev', HELD_OUT) };
}
