import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { mayKnow } from '../access/allowed-part.ts';
import type { Client } from '../access/client.ts';
import { type Call, defineRoute, type Route } from '../api/route.ts';
import {
  type ChatBody,
  type CompletionBody,
  chatBody,
  chatChunk,
  chatCompletion,
  completionBody,
  modelList,
  modelObject,
  textCompletion,
} from '../api/schemas/openai.ts';
import { ServerError } from '../errors.ts';
import type { ErrorCode } from '../http-error.ts';
import type { ServedModel, TextRequest } from '../language/language-service.ts';
import type { Writer } from '../language/writer.ts';
import { chatStyle } from './openai-chat.ts';
import { completionStyle } from './openai-completion.ts';
import { type Streaming, writeOut } from './openai-output.ts';

const tag = 'openai';
const errorStyle = 'openai';
const errors: readonly ErrorCode[] = [
  'no-such-model',
  'no-generator',
  'too-busy',
  'aborted',
  'model-loading',
  'model-failed',
  'timeout',
];

/**
 * The paths of OpenAI's API that a language model of text needs; one model for each adapter.
 * @param home state folder, which errors do not show
 */
export function openaiRoutes(writer: Writer, home: string): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/models',
      tag,
      summary: { en: 'List the base model and its adapters', zh: '列出基础模型及其适配器' },
      scope: 'read',
      errorStyle,
      responses: {
        200: { description: { en: 'All', zh: '全部' }, content: { 'application/json': modelList } },
      },
      errors,
      handle: async ({ client }) => ({
        object: 'list',
        data: (await usableModels(client, writer)).map(describe),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/v1/models/{id}',
      tag,
      summary: { en: 'Show a model', zh: '查看一个模型' },
      scope: 'read',
      errorStyle,
      params: z.strictObject({ id: z.string() }),
      responses: {
        200: {
          description: { en: 'It', zh: '该模型' },
          content: { 'application/json': modelObject },
        },
      },
      errors,
      handle: async ({ params: { id }, client }) => {
        const found = (await usableModels(client, writer)).find((model) => model.id === id);
        if (found !== undefined) return describe(found);
        throw new ServerError('no-such-model', `There is no model ${id.slice(0, 100)}.`);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/chat/completions',
      tag,
      summary: { en: 'Go on with a conversation', zh: '续写对话' },
      scope: 'read',
      errorStyle,
      body: chatBody,
      bodyLimit: '256kb',
      admit: () => writer.expectRoom(),
      responses: {
        200: {
          description: {
            en: 'What the assistant says; with `stream`, by and by, ended by [DONE]',
            zh: '助手的回复；使用 `stream` 时逐步给出，以 [DONE] 结束',
          },
          content: { 'application/json': chatCompletion, 'text/event-stream': chatChunk },
        },
      },
      errors,
      handle: (call) => chat(call, writer, home),
    }),
    defineRoute({
      method: 'post',
      path: '/v1/completions',
      tag,
      summary: { en: 'Go on with texts', zh: '续写文本' },
      scope: 'read',
      errorStyle,
      body: completionBody,
      bodyLimit: '256kb',
      admit: () => writer.expectRoom(),
      responses: {
        200: {
          description: {
            en: 'How they go on; with `stream`, by and by, ended by [DONE]',
            zh: '续写的内容；使用 `stream` 时逐步给出，以 [DONE] 结束',
          },
          content: { 'application/json': textCompletion, 'text/event-stream': textCompletion },
        },
      },
      errors,
      handle: (call) => complete(call, writer, home),
    }),
  ];
}

async function chat(
  { body, client, response }: Call<unknown, unknown, ChatBody>,
  writer: Writer,
  home: string,
) {
  await expectUsable(body.model, client, writer);
  const style = chatStyle(headOf('chatcmpl', body.model), body.logprobs);
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? undefined;
  const messages = body.messages.map(({ role, content }) => ({ role, content }));
  const request = { ...samplingOf(body), input: { messages }, maxTokens };
  return writeOut(response, writer, request, style, streamingOf(body, home), body.n);
}

async function complete(
  { body, client, response }: Call<unknown, unknown, CompletionBody>,
  writer: Writer,
  home: string,
) {
  await expectUsable(body.model, client, writer);
  const { prompt: prompts, max_tokens: maxTokens, logprobs } = body;
  const style = completionStyle(headOf('cmpl', body.model), typeof logprobs === 'number');
  const request = { ...samplingOf(body), input: { prompts }, maxTokens };
  const choices = prompts.length * body.n;
  return writeOut(response, writer, request, style, streamingOf(body, home), choices);
}

/** An adapter that is made for certain databases is there for those who may read one of them. */
async function usableModels(client: Client, writer: Writer): Promise<readonly ServedModel[]> {
  return (await writer.models()).filter(
    ({ databases }) => databases.length === 0 || databases.some((name) => mayKnow(client, name)),
  );
}

/** @throws ServerError 'no-such-model', which tells a key for parts of databases no other names */
async function expectUsable(model: string, client: Client, writer: Writer): Promise<void> {
  if (client.allow === null) return;
  const names = (await usableModels(client, writer)).map(({ id }) => id);
  if (names.includes(model)) return;
  const asked = model.slice(0, 100);
  throw new ServerError(
    'no-such-model',
    `There is no model ${asked}; there is ${names.join(', ')}.`,
    { problems: [`model ${asked} is unknown`] },
  );
}

function samplingOf(body: ChatBody | CompletionBody): Omit<TextRequest, 'input' | 'maxTokens'> {
  const { model, n, temperature, top_p: topP, stop, seed } = body;
  return { model, n, temperature, topP, stop, seed: seed ?? Math.floor(Math.random() * 2 ** 31) };
}

function streamingOf(body: ChatBody | CompletionBody, home: string): Streaming {
  const { stream, stream_options: options } = body;
  return { stream, usage: options?.include_usage === true, home };
}

function headOf(kind: string, model: string) {
  const id = `${kind}-${randomUUID().replaceAll('-', '')}`;
  return { id, created: Math.floor(Date.now() / 1000), model };
}

function describe({ id, parent, created }: ServedModel) {
  return { id, object: 'model', created, owned_by: 'quaestor', root: parent ?? id, parent };
}
