import type { TextToken } from '../language/language-service.ts';
import type { OutputStyle } from './openai-output.ts';

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** /v1/chat/completions */
export function chatStyle(head: Head, logprobs: boolean): OutputStyle {
  const logs = (tokens: readonly TextToken[]) =>
    logprobs
      ? {
          content: tokens.map(({ text, logProbability, bytes }) => ({
            token: text,
            logprob: logProbability,
            bytes,
            top_logprobs: [],
          })),
        }
      : null;
  const chunk = (choices: readonly object[], rest: object = {}) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices,
    ...rest,
  });
  return {
    whole: (choices, usage) => ({
      ...head,
      object: 'chat.completion',
      choices: choices.map(({ index, text, tokens, finish }) => ({
        index,
        message: { role: 'assistant', content: text, refusal: null },
        logprobs: logs(tokens),
        finish_reason: finish,
      })),
      usage,
    }),
    opening: (index) => [
      chunk([
        {
          index,
          delta: { role: 'assistant', content: '' },
          logprobs: null,
          finish_reason: null,
        },
      ]),
    ],
    chunk: ({ choice, text, tokens, finish }) =>
      chunk([
        {
          index: choice,
          delta: text === '' ? {} : { content: text },
          logprobs: tokens.length === 0 ? null : logs(tokens),
          finish_reason: finish,
        },
      ]),
    usageChunk: (usage) => chunk([], { usage }),
  };
}
