/** Text generation for one request: as many completions as asked for are decoded side by side. */
import type { LanguageModel } from '../model/language-model.ts';
import { Batch } from './batch.ts';
import type { Generated, TextModel } from './completion.ts';
import { Decoder } from './decoder.ts';
import type { GenerateOptions } from './generate-options.ts';
import type { OpenScorer } from './token-scorer.ts';
import { Writing } from './writing.ts';

/**
 * Yields each completion when it is finished, in any order.
 * @param model a model in the engine; where a scorer is given, its name, tokenizer and configuration do
 * @throws PeftError 'bad-config' for options out of range; 'mismatch' when a prompt and its completion do not
 *   fit into the model's context, or a prompt has ids outside its vocabulary
 */
export function generate(
  model: LanguageModel,
  prompts: readonly (readonly number[])[],
  options?: GenerateOptions,
): AsyncGenerator<Generated>;
export function generate(
  model: TextModel,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions & { readonly scorer: OpenScorer },
): AsyncGenerator<Generated>;
export async function* generate(
  model: TextModel,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions = {},
): AsyncGenerator<Generated> {
  const { streams = 16, scorer } = options;
  const writing = new Writing(model, prompts, options);
  if (writing.over) return;
  const { n, length } = writing;
  const width = Math.max(streams, n);
  const slots = width + (n > 1 ? Math.floor(width / n) : 0);
  const open = scorer ?? ((...size) => new Decoder(model as LanguageModel, ...size));
  const batch = new Batch(model, open(slots, length), slots, width);
  try {
    batch.add(writing);
    while (!writing.over) {
      await batch.step();
      yield* writing.take();
      // Lets other requests and the abort signal in.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    batch.dispose();
  }
}
