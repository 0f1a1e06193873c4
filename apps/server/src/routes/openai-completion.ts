import type { TextToken } from '../language/language-service.ts';
import type { OutputStyle } from './openai-output.ts';

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** /v1/completions */
export function completionStyle(head: Head, logprobs: boolean): OutputStyle {
  /** Where the text of each choice has got to, for `text_offset`. */
  const ends = new Map<number, number>();
  const logs = (index: number, tokens: readonly TextToken[]) => {
    if (!logprobs) return null;
    let end = ends.get(index) ?? 0;
    const offsets = tokens.map(({ text }) => {
      const begin = end;
      end += text.length;
      return begin;
    });
    ends.set(index, end);
    return {
      tokens: tokens.map(({ text }) => text),
      token_logprobs: tokens.map(({ logProbability }) => logProbability),
      text_offset: offsets,
      top_logprobs: null,
    };
  };
  const output = (choices: readonly object[], rest: object = {}) => ({
    ...head,
    object: 'text_completion',
    choices,
    ...rest,
  });
  return {
    whole: (choices, usage) =>
      output(
        choices.map(({ index, text, tokens, finish }) => ({
          index,
          text,
          logprobs: logs(index, tokens),
          finish_reason: finish,
        })),
        { usage },
      ),
    opening: () => [],
    chunk: ({ choice, text, tokens, finish }) =>
      output([{ index: choice, text, logprobs: logs(choice, tokens), finish_reason: finish }]),
    usageChunk: (usage) => output([], { usage }),
  };
}
