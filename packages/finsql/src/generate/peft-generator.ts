/** The built-in generator: a model of `@quaestor/peft`, with its adapter merged, on this machine. */
import { generate, type LanguageModel } from '@quaestor/peft';
import { FinSqlError } from '../errors.ts';
import type { Completion, GenerateRequest, Generator } from './generator.ts';

/**
 * @param name shown in traces, e.g. `SmolLM2-135M-Instruct + finance-sql`
 * @throws FinSqlError 'bad-config' when the model has no tokenizer
 */
export function createPeftGenerator(model: LanguageModel, name = model.name): Generator {
  const { tokenizer } = model;
  if (!tokenizer) {
    throw new FinSqlError('bad-config', `${model.name} has no tokenizer; text needs one`);
  }
  return {
    name,
    countTokens: (text) => tokenizer.encode(text).length,
    async *generate(
      prompts: readonly string[],
      request: GenerateRequest = {},
    ): AsyncGenerator<Completion> {
      const ids = prompts.map((prompt) => tokenizer.encode(prompt));
      for await (const completion of generate(model, ids, { maxTokens: 160, ...request })) {
        const { prompt, candidate, text, logProbability, finish } = completion;
        yield { prompt, candidate, text, logProbability, tokens: completion.ids.length, finish };
      }
    },
  };
}
