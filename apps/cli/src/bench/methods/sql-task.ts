/** Questions over the demo database: prompts as the pipeline writes them, scored by the rows. */
import {
  buildTrainingExamples,
  createPeftGenerator,
  evaluate,
  readTextToSqlSet,
} from '@quaestor/finsql';
import { type LanguageModel, stateFolder, type Tokenizer } from '@quaestor/peft';
import { inRepository } from '../../repository.ts';
import { encodeExamples } from '../../training/encode-examples.ts';
import type { MethodTask } from './task.ts';

/** Held-out questions for the loss, and those of them that are answered. */
const HELD_OUT = 64;
const ANSWERED = 32;

/** @param seed of the prompts */
export function sqlTask(tokenizer: Tokenizer, seed: number): MethodTask {
  const set = (part: string) =>
    readTextToSqlSet({
      questions: inRepository(`data/demo/questions-${part}.json`),
      databases: stateFolder('databases'),
    });
  const countTokens = (text: string): number => tokenizer.encode(text).length;
  const encoded = (part: string, limit?: number) => {
    const whole = set(part);
    const some = limit === undefined ? whole : { ...whole, items: whole.items.slice(0, limit) };
    return encodeExamples(buildTrainingExamples(some, { seed, countTokens }).examples, tokenizer);
  };
  const dev = set('dev');
  const exemplars = set('train').items;
  return {
    name: 'sql',
    train: encoded('train'),
    heldOut: encoded('dev', HELD_OUT),
    score: async (model: LanguageModel) => {
      const generator = createPeftGenerator(model);
      let correct = 0;
      let scored = 0;
      const options = { set: dev, generator, exemplars, limit: ANSWERED, batch: 16, samples: 0 };
      for await (const item of evaluate({ ...options, maxTokens: 96 })) {
        if (item.skipped !== null) continue;
        scored++;
        if (item.correct) correct++;
      }
      return { name: 'execution accuracy', value: (100 * correct) / scored };
    },
  };
}
