import { generate, type LanguageModel, seededRandom } from '@quaestor/peft';

/** Speed of one library at one number of streams. */
export interface GenerationSpeed {
  readonly streams: number;
  /** Prompt tokens read a second. */
  readonly prefill: number;
  /** Tokens written a second, all streams together. */
  readonly decode: number;
}

export interface GenerationShape {
  /** Tokens of each prompt. */
  readonly context: number;
  /** Tokens written to each. */
  readonly tokens: number;
}

/** Random token ids: every prompt another, so that no cache helps. */
export function randomPrompts(vocabulary: number, context: number, count: number): number[][] {
  const random = seededRandom(count);
  return Array.from({ length: count }, () =>
    Array.from({ length: context }, () => 100 + Math.floor(random.next() * (vocabulary - 100))),
  );
}

/** Times reading the prompts (one token is written), then reading and writing; best of `rounds`. */
export async function speedOfGeneration(
  model: LanguageModel,
  streams: number,
  { context, tokens }: GenerationShape,
  signal: AbortSignal,
  rounds = 2,
): Promise<GenerationSpeed> {
  const prompts = randomPrompts(model.config.vocab_size, context, streams);
  const time = async (maxTokens: number): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      for await (const _ of generate(model, prompts, { maxTokens, endIds: [], streams, signal })) {
        signal.throwIfAborted();
      }
      best = Math.min(best, performance.now() - started);
    }
    return best / 1000;
  };
  const reading = await time(1);
  const both = await time(tokens + 1);
  return {
    streams,
    prefill: (streams * context) / reading,
    decode: (streams * tokens) / Math.max(both - reading, 1e-6),
  };
}
