/** A generator that knows some questions by heart: the smallest real implementation of the seam. */
import type { Completion, GenerateRequest, Generator } from '../generate/generator.ts';

export interface ScriptedGenerator extends Generator {
  /** What was asked for so far. */
  readonly requests: { readonly prompts: readonly string[]; readonly request: GenerateRequest }[];
}

/**
 * @param script question → its candidates, likeliest first; the first is the greedy one
 * @param otherwise the completion for other questions
 */
export function scriptedGenerator(
  script: Readonly<Record<string, readonly string[]>>,
  otherwise = 'select 1',
): ScriptedGenerator {
  const requests: ScriptedGenerator['requests'] = [];
  return {
    name: 'scripted',
    requests,
    countTokens: (text) => Math.ceil(text.length / 4),
    async *generate(prompts, request = {}): AsyncGenerator<Completion> {
      requests.push({ prompts, request });
      for (const [prompt, text] of prompts.entries()) {
        request.signal?.throwIfAborted();
        const question = text.slice(text.lastIndexOf('\nQ: ') + 4, text.lastIndexOf('\nSQL:'));
        const candidates = script[question] ?? [otherwise];
        for (let candidate = 0; candidate < (request.n ?? 1); candidate++) {
          const sql = candidates[candidate % candidates.length] ?? otherwise;
          yield {
            prompt,
            candidate,
            text: ` ${sql}`,
            logProbability: -candidate,
            tokens: Math.ceil(sql.length / 4),
            finish: 'stop',
          };
        }
      }
    },
  };
}
