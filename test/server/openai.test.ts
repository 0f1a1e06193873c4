/** The OpenAI-compatible paths, with OpenAI's own client against a real, tiny language model. */
import { join } from 'node:path';
import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyStore } from '../../apps/server/src/access/key-store.ts';
import { checkedFetch, expectSchema } from './checked-fetch.ts';
import { problemOf, send, sendJson } from './requests.ts';
import { startTinyServer, type TinyServer } from './tiny-model-server.ts';

let server: TinyServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startTinyServer();
  const baseURL = `${server.url}/v1`;
  client = new OpenAI({ baseURL, apiKey: 'none-needed', maxRetries: 0, fetch: checked });
});

afterAll(() => server.close());

/** The client's requests, each response checked by the description. */
async function checked(url: unknown, options?: RequestInit): Promise<Response> {
  return checkedFetch(String(url), options);
}

const messages = [
  { role: 'system' as const, content: 'Be brief.' },
  { role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] },
];
const greedy = { model: 'tiny', temperature: 0, max_tokens: 12 };
const chat = { ...greedy, messages };

describe('/v1/models', () => {
  it('lists the base and each adapter that fits it', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual(['tiny', 'other']);
    expect(await client.models.retrieve('other')).toMatchObject({
      parent: 'tiny',
      object: 'model',
    });
    await expect(client.models.retrieve('none')).rejects.toMatchObject({ status: 404 });
  });
});

describe('/v1/completions', () => {
  it('goes on with a text, and counts tokens', async () => {
    const whole = await client.completions.create({ ...greedy, prompt: 'Funds' });
    const [choice] = whole.choices;
    expect(choice?.finish_reason).toBe('length');
    expect(whole.usage).toEqual({ prompt_tokens: 5, completion_tokens: 12, total_tokens: 17 });
  });

  it('answers each prompt n times, in order', async () => {
    const sampled = { ...greedy, temperature: 1, seed: 3, prompt: ['ab', 'cd'], n: 2 };
    const first = await client.completions.create(sampled);
    expect(first.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const again = await client.completions.create(sampled);
    expect(again.choices.map(({ text }) => text)).toEqual(first.choices.map(({ text }) => text));
    const other = await client.completions.create({ ...sampled, seed: 4 });
    expect(other.choices.map(({ text }) => text)).not.toEqual(
      first.choices.map(({ text }) => text),
    );
  });

  it('streams what it would have said at once', async () => {
    const request = { ...greedy, prompt: ['Funds', '基金'], max_tokens: 40 };
    const whole = await client.completions.create(request);
    const texts = ['', ''];
    const ends: (string | null)[] = [null, null];
    for await (const chunk of await client.completions.create({ ...request, stream: true })) {
      await expectSchema(server.url, 'TextCompletion', chunk);
      for (const { index, text, finish_reason } of chunk.choices) {
        texts[index] += text;
        ends[index] = finish_reason ?? ends[index] ?? null;
      }
    }
    expect(texts).toEqual(whole.choices.map(({ text }) => text));
    expect(ends).toEqual(['length', 'length']);
  });

  it('stops before a stop text, which no part of the stream shows', async () => {
    const request = { ...greedy, prompt: 'Funds', max_tokens: 30 };
    const text = (await client.completions.create(request)).choices[0]?.text ?? '';
    const stop = /[ -~]{2}/.exec(text.slice(2))?.[0] ?? '';
    const expected = text.slice(0, text.indexOf(stop));
    let streamed = '';
    for await (const chunk of await client.completions.create({ ...request, stop, stream: true })) {
      streamed += chunk.choices[0]?.text ?? '';
    }
    expect(streamed).toBe(expected);
    const whole = await client.completions.create({ ...request, stop });
    expect(whole.choices[0]).toMatchObject({ text: expected, finish_reason: 'stop' });
  });

  it('gives the log-probabilities of the tokens it took', async () => {
    const { choices } = await client.completions.create({
      ...greedy,
      prompt: 'Funds',
      logprobs: 1,
    });
    const logs = choices[0]?.logprobs;
    expect(logs?.token_logprobs).toHaveLength(12);
    for (const value of logs?.token_logprobs ?? []) expect(value).toBeLessThanOrEqual(0);
    expect(logs?.text_offset?.[0]).toBe(0);
  });
});

describe('several clients at once', () => {
  it('each get the texts of their own model', async () => {
    const requests = ['tiny', 'other', 'tiny', 'other', 'other', 'tiny'].map((model, i) => ({
      ...greedy,
      model,
      prompt: ['Funds', 'Bonds', 'ab'][i % 3] as string,
    }));
    const write = async (request: (typeof requests)[number]) =>
      (await client.completions.create(request)).choices[0]?.text;
    const alone: unknown[] = [];
    for (const request of requests) alone.push(await write(request));
    expect(await Promise.all(requests.map(write))).toEqual(alone);
    expect(alone[0]).not.toBe(alone[3]);
    // Which adapter was in force last is open; the base keeps nothing of one in memory.
    await client.completions.create({ ...greedy, model: 'tiny', prompt: 'ab' });
  });
});

describe('/v1/chat/completions', () => {
  it('goes on with a conversation', async () => {
    const whole = await client.chat.completions.create({ ...chat, logprobs: true });
    expect(whole.choices[0]?.message.role).toBe('assistant');
    expect(whole.usage?.completion_tokens).toBe(12);
    const tokens = whole.choices[0]?.logprobs?.content ?? [];
    const bytes = tokens.flatMap((token) => token.bytes ?? []);
    expect(Buffer.from(bytes).toString()).toBe(whole.choices[0]?.message.content);
  });

  it('streams it, with the usage at the end where that is asked for', async () => {
    const whole = await client.chat.completions.create({ ...chat, n: 2 });
    const stream = await client.chat.completions.create({
      ...chat,
      n: 2,
      stream: true,
      stream_options: { include_usage: true },
    });
    const texts = ['', ''];
    let usage: unknown;
    for await (const chunk of stream) {
      await expectSchema(server.url, 'ChatCompletionChunk', chunk);
      for (const { index, delta } of chunk.choices) texts[index] += delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(texts).toEqual(whole.choices.map(({ message }) => message.content));
    expect(usage).toEqual(whole.usage);
  });

  it('speaks with the adapter that is named, and the base is what it was before', async () => {
    const say = async (model: string) =>
      (await client.chat.completions.create({ ...chat, model })).choices[0]?.message.content;
    const before = await say('tiny');
    const adapted = await say('other');
    expect(adapted).not.toBe(before);
    expect(await say('other')).toBe(adapted);
    expect(await say('tiny')).toBe(before);
  });

  it('takes its own reply as history, as clients send it', async () => {
    const { choices } = await client.chat.completions.create(chat);
    const reply = choices[0]?.message ?? messages[0];
    const empty = { annotations: [], audio: null, function_call: null, tool_calls: null };
    for (const said of [reply, { ...reply, ...empty, refusal: 'No.' }]) {
      const body = {
        ...chat,
        messages: [...messages, said, messages[1]],
        parallel_tool_calls: true,
        service_tier: 'auto',
        store: false,
        metadata: { purpose: 'test' },
        user: 'me',
      };
      expect((await send(server.url, '/v1/chat/completions', { body })).status).toBe(200);
    }
  });

  it('stops writing when the client goes', async () => {
    const leaving = new AbortController();
    const stream = await client.chat.completions.create(
      { ...chat, max_tokens: 450, stream: true },
      { signal: leaving.signal },
    );
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    leaving.abort();
    await expect
      .poll(async () => (await sendJson(server.url, '/api/health')).queue.running)
      .toBe(0);
  });
});

describe('what is not supported', () => {
  it.each([
    ['model', 404, { model: 'gpt-4' }],
    ['messages', 400, { messages: [] }],
    ['messages', 400, { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }],
    [
      'messages',
      400,
      {
        messages: [
          { role: 'assistant', content: 'x', tool_calls: [{ id: 'c', type: 'function' }] },
        ],
      },
    ],
    ['tools', 400, { tools: [{ type: 'function', function: { name: 'f' } }] }],
    ['response_format', 400, { response_format: { type: 'json_object' } }],
    ['top_logprobs', 400, { logprobs: true, top_logprobs: 2 }],
    ['frequency_penalty', 400, { frequency_penalty: 1 }],
    ['temperature', 400, { temperature: 3 }],
    ['n', 400, { n: 0 }],
    ['max_tokens', 400, { max_tokens: -1 }],
    ['nonsense', 400, { nonsense: 1 }],
  ])('is refused in OpenAI’s words: %s', async (param, status, change) => {
    const body = { ...chat, ...change } as Parameters<typeof client.chat.completions.create>[0];
    const error = await client.chat.completions.create(body).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status });
    expect(`${(error as APIError).param} ${(error as APIError).message}`).toContain(param);
  });

  it('and a prompt that fills the context', async () => {
    const body = { ...greedy, prompt: 'x'.repeat(600) };
    const detail = await problemOf(
      await send(server.url, '/v1/completions', { body }),
      400,
      'bad-request',
    );
    expect(detail).toContain('512');
  });
});

describe('an adapter that is made for a database', () => {
  let own: TinyServer;
  const held: Record<string, string> = {};

  beforeAll(async () => {
    const prepare = (home: string) => {
      const keys = openKeyStore(join(home, 'keys.json'));
      held.whole = keys.add({ name: 'whole' }).key;
      held.reader = keys.add({ name: 'reader', allow: ['payroll.wage'] }).key;
      held.other = keys.add({ name: 'other', scope: 'admin', allow: ['fund'] }).key;
    };
    own = await startTinyServer({ requireKey: 'always', prepare }, ['payroll']);
  });

  afterAll(() => own.close());

  it.each([
    ['whole', ['tiny', 'other'], 200],
    ['reader', ['tiny', 'other'], 200],
    ['other', ['tiny'], 404],
  ])('is there for those who may read of it: %s', async (name, expected, status) => {
    const key = held[name] ?? '';
    const { data } = await sendJson(own.url, '/v1/models', { key });
    expect(data.map(({ id }) => id)).toEqual(expected);
    expect((await send(own.url, '/v1/models/other', { key })).status).toBe(status);
    const body = { ...chat, model: 'other' };
    const asked = await send(own.url, '/v1/chat/completions', { body, key });
    expect(asked.status).toBe(status);
    const gone = await send(own.url, '/v1/completions', {
      body: { ...greedy, model: 'none', prompt: 'Funds' },
      key,
    });
    expect(await problemOf(gone, 404, 'no-such-model')).toContain(
      `there is ${expected.join(', ')}`,
    );
  });

  it('is named to nobody else by signs of life', async () => {
    for (const [name, isTold] of [
      ['whole', true],
      ['reader', false],
      ['', false],
    ] as const) {
      const key = held[name];
      for (const path of ['/api/health', '/readyz']) {
        const response = await send(own.url, path, key === undefined ? {} : { key });
        expect((await response.text()).includes('other')).toBe(isTold);
      }
    }
  });
});
