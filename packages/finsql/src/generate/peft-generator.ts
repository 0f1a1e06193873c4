/**
 * The built-in generator: a model of `@quaestor/peft`, with its adapter merged, on this machine. What is
 * asked of it at the same time is written side by side, whatever the settings of each.
 */
import {
  type LanguageModel,
  type SharedGeneration,
  shareGeneration,
  textFilter,
} from '@quaestor/peft';
import { FinSqlError } from '../errors.ts';
import type { Completion, GenerateRequest, Generator } from './generator.ts';

/** Tokens drafted from the prompt: names and the known statement in it are mostly repeated. */
export const DRAFT_TOKENS = 16;

/**
 * @param name shown in traces, e.g. `SmolLM2-135M-Instruct + finance-sql`
 * @param shared to write beside others who use the model; default: for the questions of this generator
 * @throws FinSqlError 'bad-config' when the model has no tokenizer
 */
export function createPeftGenerator(
  model: LanguageModel,
  name = model.name,
  shared: SharedGeneration = shareGeneration(model),
): Generator {
  const { tokenizer } = model;
  if (!tokenizer) {
    throw new FinSqlError('bad-config', {
      en: `${model.name} has no tokenizer; text needs one`,
      zh: `${model.name} 没有分词器，而文本需要分词器`,
    });
  }
  // Questions and values are in the prompt: what reads like a special token in them is text.
  const encode = (text: string) => tokenizer.encode(text, { special: false });
  return {
    name,
    countTokens: (text) => encode(text).length,
    async *generate(
      prompts: readonly string[],
      { constraints, likely, ...request }: GenerateRequest = {},
    ): AsyncGenerator<Completion> {
      const ids = prompts.map(encode);
      const filters = constraints?.map(
        (automaton) => automaton && textFilter(tokenizer, automaton),
      );
      const options = {
        maxTokens: 160,
        lookup: DRAFT_TOKENS,
        ...(filters === undefined ? {} : { filters }),
        ...(likely === undefined ? {} : { likely: likely.map(encode) }),
        ...request,
      };
      for await (const completion of shared.generate(ids, options)) {
        const { prompt, candidate, text, logProbability, finish } = completion;
        yield { prompt, candidate, text, logProbability, tokens: completion.ids.length, finish };
      }
    },
  };
}
