/** OpenAI's shapes, as far as they are served: https://platform.openai.com/docs/api-reference */

import { described } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../component.ts';

export const openaiErrorSchema = component(
  'OpenaiError',
  z.object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string(),
      request_id: z.string(),
    }),
  }),
);

const stop = z
  .union([z.string().min(1), z.array(z.string().min(1)).max(4)])
  .nullish()
  .transform((value) => (typeof value === 'string' ? [value] : (value ?? [])));

/** A setting that is accepted while it changes nothing. */
const only = <Value extends string | number | boolean | null>(value: Value) =>
  z.literal(value, { error: `is not supported; only ${String(value)} is` }).nullish();

const sampling = {
  model: z.string().min(1).apply(described, { en: 'one of /v1/models', zh: '/v1/models 中的一个' }),
  n: z
    .int()
    .min(1)
    .max(16)
    .nullish()
    .transform((value) => value ?? 1),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .nullish()
    .transform((value) => value ?? 1),
  top_p: z
    .number()
    .gt(0)
    .max(1)
    .nullish()
    .transform((value) => value ?? 1),
  stop,
  seed: z.int().nullish(),
  stream: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  stream_options: z.strictObject({ include_usage: z.boolean().nullish() }).nullish(),
  user: z.string().nullish().apply(described, { en: 'passed over', zh: '忽略' }),
  metadata: z
    .record(z.string(), z.string())
    .nullish()
    .apply(described, { en: 'passed over', zh: '忽略' }),
  store: only(false),
  service_tier: z.string().nullish().apply(described, { en: 'passed over', zh: '忽略' }),
  frequency_penalty: only(0),
  presence_penalty: only(0),
  logit_bias: z.strictObject({}, 'is not supported').nullish(),
};

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });

const content = z
  .union([z.string(), z.array(textPart).min(1)], 'is no text, which is all that is understood')
  .transform((value) =>
    typeof value === 'string' ? value : value.map(({ text }) => text).join(''),
  );

/** Of a reply that comes back as history: what a model of text leaves empty. */
const emptyInReplies = {
  refusal: z.string().nullish(),
  annotations: z.array(z.never('is not supported')).nullish(),
  audio: only(null),
  function_call: only(null),
  tool_calls: z.array(z.never('is not supported')).nullish(),
};

const message = z.strictObject({
  role: z
    .enum(['system', 'developer', 'user', 'assistant'])
    .transform((role) => (role === 'developer' ? ('system' as const) : role)),
  content,
  name: z.string().nullish().apply(described, { en: 'passed over', zh: '忽略' }),
  ...emptyInReplies,
});

export const chatBody = z.strictObject({
  ...sampling,
  messages: z.array(message).min(1, 'is empty').max(1000),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  logprobs: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  top_logprobs: only(0),
  response_format: z.strictObject({ type: z.literal('text') }, 'is not supported').nullish(),
  tools: z.array(z.never('is not supported')).nullish(),
  tool_choice: z.enum(['none', 'auto']).nullish(),
  parallel_tool_calls: z.boolean().nullish().apply(described, { en: 'passed over', zh: '忽略' }),
});

export const completionBody = z.strictObject({
  ...sampling,
  prompt: z
    .union(
      [z.string().min(1), z.array(z.string().min(1)).min(1).max(16)],
      'is neither a text nor up to 16 texts',
    )
    .transform((value) => (typeof value === 'string' ? [value] : value)),
  max_tokens: z
    .int()
    .min(1)
    .nullish()
    .transform((value) => value ?? 16),
  logprobs: z
    .int()
    .min(0)
    .max(1, 'is not supported beyond 1: the log-probability of the tokens that were taken')
    .nullish(),
  echo: only(false),
  best_of: only(1),
  suffix: only(null),
});

const usage = component(
  'Usage',
  z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
);

const finish = z.enum(['stop', 'length']).nullable();

const tokenLogprob = z.object({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.int()).readonly(),
  top_logprobs: z.array(z.never()).readonly(),
});

const chatLogprobs = z.object({ content: z.array(tokenLogprob).readonly() }).nullable();

const completionLogprobs = z
  .object({
    tokens: z.array(z.string()).readonly(),
    token_logprobs: z.array(z.number()).readonly(),
    text_offset: z.array(z.int()).readonly(),
    top_logprobs: z.null(),
  })
  .nullable();

const head = { id: z.string(), created: z.int(), model: z.string() };

export const chatCompletion = component(
  'ChatCompletion',
  z.object({
    ...head,
    object: z.literal('chat.completion'),
    choices: z
      .array(
        z.object({
          index: z.int(),
          message: z.object({
            role: z.literal('assistant'),
            content: z.string(),
            refusal: z.null(),
          }),
          logprobs: chatLogprobs,
          finish_reason: finish,
        }),
      )
      .readonly(),
    usage,
  }),
);

export const chatChunk = component(
  'ChatCompletionChunk',
  z.object({
    ...head,
    object: z.literal('chat.completion.chunk'),
    choices: z
      .array(
        z.object({
          index: z.int(),
          delta: z.object({
            role: z.literal('assistant').optional(),
            content: z.string().optional(),
          }),
          logprobs: chatLogprobs,
          finish_reason: finish,
        }),
      )
      .readonly(),
    usage: usage.nullable().optional(),
  }),
);

export const textCompletion = component(
  'TextCompletion',
  z.object({
    ...head,
    object: z.literal('text_completion'),
    choices: z
      .array(
        z.object({
          index: z.int(),
          text: z.string(),
          logprobs: completionLogprobs,
          finish_reason: finish,
        }),
      )
      .readonly(),
    usage: usage.nullable().optional(),
  }),
);

export const modelObject = component(
  'Model',
  z.object({
    id: z.string(),
    object: z.literal('model'),
    created: z.int(),
    owned_by: z.string(),
    root: z.string(),
    parent: z
      .string()
      .nullable()
      .apply(described, { en: 'the base model of an adapter', zh: '适配器的基础模型' }),
  }),
);

export const modelList = z.object({
  object: z.literal('list'),
  data: z.array(modelObject).readonly(),
});

export type ChatBody = z.output<typeof chatBody>;
export type CompletionBody = z.output<typeof completionBody>;
