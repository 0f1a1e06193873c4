import { PeftError } from '../errors.ts';
import type { Finish } from '../generation/completion.ts';
import { generate } from '../generation/generate.ts';
import type { LanguageModel } from '../model/language-model.ts';

/** A text that continues or answers one prompt. */
export interface GeneratedText {
  /** Index of the prompt in the request. */
  readonly prompt: number;
  readonly text: string;
  /** Anything but 'stop': its end is missing. */
  readonly finish: Finish;
}

export interface TextRequest {
  readonly seed: number;
  /** Texts that end a completion; not part of it. */
  readonly stop: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Where generated text comes from: a local model, a server, or lines of a file. Yields one text or
 * more per prompt, in any order.
 */
export type TextSource = (
  prompts: readonly string[],
  request: TextRequest,
) => AsyncIterable<GeneratedText>;

/**
 * A text source over a model loaded here, sampling at `temperature`. Where `chat` is set each prompt
 * is a user's message under the model's chat template; a base model continues the bare prompt.
 *
 * @throws PeftError 'unsupported' when the model has no tokenizer
 */
export function modelTextSource(
  model: LanguageModel,
  options: {
    readonly chat: boolean;
    /** Default 0.7. */
    readonly temperature?: number;
    /** Default 0.95. */
    readonly topP?: number;
    /** Default 512. */
    readonly maxTokens?: number;
    /** Prompts decoded side by side. Default 4. */
    readonly streams?: number;
  },
): TextSource {
  const { tokenizer } = model;
  if (!tokenizer) {
    throw new PeftError('unsupported', {
      en: `${model.name} has no tokenizer, so it cannot write text.`,
      zh: `${model.name} 没有分词器，无法写出文本。`,
    });
  }
  const { temperature = 0.7, topP = 0.95, maxTokens = 512, streams = 4 } = options;
  return (prompts, { seed, stop, signal }) => {
    const written = prompts.map((content) =>
      options.chat
        ? tokenizer.encodeChat([{ role: 'user', content }])
        : tokenizer.encode(content, { special: false }),
    );
    return generate(model, written, {
      temperature,
      topP,
      maxTokens,
      streams,
      seed,
      stop,
      ...(signal ? { signal } : {}),
    });
  };
}
