import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { FinSqlError } from '../errors.ts';
import type { Completion, GenerateRequest } from './generator.ts';
import { createRemoteGenerator } from './remote-generator.ts';

type Handle = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Record<string, unknown>,
) => void;

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of servers.splice(0)) await stop();
});

/** A real HTTP server on a free port. */
async function serve(handle: Handle): Promise<string> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    handle(request, response, text === '' ? {} : JSON.parse(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push({
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function reply(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const KEY = 'secret-4711';
const options = { model: 'm', apiKey: KEY, backOffMs: 5, timeoutMs: 2000 };

async function collect(
  url: string,
  request: GenerateRequest = {},
  more: object = {},
  prompts: readonly string[] = ['p'],
): Promise<Completion[]> {
  const generator = createRemoteGenerator({ ...options, url, ...more });
  const found: Completion[] = [];
  for await (const completion of generator.generate(prompts, request)) found.push(completion);
  return found;
}

async function failure(url: string, request: GenerateRequest = {}, more: object = {}) {
  const error = await collect(url, request, more).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FinSqlError);
  expect(String((error as Error).stack)).not.toContain(KEY);
  expect((error as FinSqlError).chinese).not.toContain(KEY);
  return error as FinSqlError;
}

describe('what is asked and answered', () => {
  it('sends the key, the model and the sampling, and reads OpenAI’s form', async () => {
    let seen: { path: string | undefined; key: string | undefined; body: object } | undefined;
    const url = await serve(({ url: path, headers }, response, body) => {
      seen = { path, key: headers.authorization, body };
      reply(response, 200, {
        choices: [
          { index: 1, text: ' b', finish_reason: 'length', logprobs: null },
          {
            index: 0,
            text: ' a\nQ: more',
            finish_reason: 'stop',
            logprobs: { token_logprobs: [-0.5, null, -0.25] },
          },
        ],
        usage: { completion_tokens: 9 },
      });
    });
    const request = { n: 2, temperature: 0.7, maxTokens: 20, stop: ['\n'], seed: 4 };
    expect(await collect(`${url}/v1/`, request)).toEqual([
      {
        ...{ prompt: 0, candidate: 0, text: ' a', finish: 'stop' },
        ...{ logProbability: -0.75, tokens: 2 },
      },
      {
        ...{ prompt: 0, candidate: 1, text: ' b', finish: 'length' },
        ...{ logProbability: null, tokens: 1 },
      },
    ]);
    expect(seen).toEqual({
      path: '/v1/completions',
      key: `Bearer ${KEY}`,
      body: {
        ...{ model: 'm', prompt: 'p', n: 2, temperature: 0.7, max_tokens: 20, stop: ['\n'] },
        ...{ seed: 4, stream: false, logprobs: 1 },
      },
    });
  });

  it('reads llama-server’s form of log-probabilities', async () => {
    const logprobs = { content: [{ logprob: -1 }, { logprob: -2 }] };
    const url = await serve((_, response) =>
      reply(response, 200, { choices: [{ text: 'x', logprobs }] }),
    );
    expect(await collect(url)).toMatchObject([{ logProbability: -3, tokens: 2 }]);
  });

  it('asks one by one where several at once, or log-probabilities, are refused', async () => {
    const seeds: unknown[] = [];
    const url = await serve((_, response, { n, seed, logprobs }) => {
      const refused = (message: string) => reply(response, 400, { error: { message } });
      if (n !== 1) return refused('Only one completion choice is allowed');
      if (logprobs !== undefined) return refused('logprobs is not supported');
      seeds.push(seed);
      reply(response, 200, { choices: [{ text: `${seed}` }], usage: { completion_tokens: 3 } });
    });
    const found = await collect(url, { n: 3, seed: 7 });
    expect(found.map(({ text, candidate }) => [candidate, text])).toEqual([
      [0, '7'],
      [1, '8'],
      [2, '9'],
    ]);
    expect(found[0]).toMatchObject({ logProbability: null, tokens: 3 });
    expect(seeds).toEqual([7, 8, 9]);
  });

  it('fetches what is missing from a server that passes n over', async () => {
    const url = await serve((_, response) => reply(response, 200, { choices: [{ text: 'x' }] }));
    expect(await collect(url, { n: 3 })).toHaveLength(3);
  });

  it('asks about several prompts at once, though never about more than it may', async () => {
    let now = 0;
    let most = 0;
    const url = await serve((_, response, { prompt }) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        reply(response, 200, { choices: [{ text: `${prompt}!` }] });
      }, 20);
    });
    const found = await collect(url, {}, { parallel: 2 }, ['a', 'b', 'c', 'd', 'e']);
    expect(found.map(({ prompt, text }) => `${prompt}${text}`).sort()).toEqual(
      ['a!', 'b!', 'c!', 'd!', 'e!'].map((text, prompt) => `${prompt}${text}`),
    );
    expect(most).toBe(2);
  });
});

describe('a busy server', () => {
  it.each([429, 503])('is asked again after %i', async (status) => {
    let asked = 0;
    const url = await serve((_, response) => {
      if (asked++ < 2) reply(response, status, '', asked === 1 ? { 'retry-after': '0' } : {});
      else reply(response, 200, { choices: [{ text: 'x' }] });
    });
    expect(await collect(url)).toHaveLength(1);
    expect(asked).toBe(3);
  });

  it('is given up in the end', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked++;
      reply(response, 429, { error: { message: `too much for ${KEY}` } });
    });
    const error = await failure(url, {}, { retries: 2 });
    expect(error.code).toBe('generation-failed');
    expect(error.message).toMatch(/answered 429 3 times: too much for ….*ask again later/);
    expect(error.chinese).toMatch(/ 3 次返回 429：too much for …。它正忙，请稍后再问。$/);
    expect(asked).toBe(3);
  });

  it('is left at once when the caller stops', async () => {
    const url = await serve((_, response) => reply(response, 503, '', { 'retry-after': '20' }));
    const signal = AbortSignal.timeout(50);
    const started = performance.now();
    await expect(collect(url, { signal })).rejects.toThrow(/timeout/);
    expect(signal.aborted).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('what goes wrong', () => {
  it.each([
    [500, { error: 'out of memory' }, 'generation-failed', /500: out of memory.*log/],
    [400, { error: { message: 'prompt too long' } }, 'generation-failed', /400: prompt too long/],
    [401, { error: { message: `bad ${KEY}` } }, 'no-generator', /QUAESTOR_REMOTE_KEY/],
    [404, '<html>\u001b[2J nothing', 'no-generator', /404: <html> \[2J nothing.*model/],
    [200, '<html>', 'generation-failed', /something else than JSON: <html>/],
    [200, { choices: [] }, 'generation-failed', /no completion[\s\S]*choices/],
    [200, { choices: [{ text: 5 }] }, 'generation-failed', /choices.0.text/],
  ])('%i %j', async (status, body, code, message) => {
    const url = await serve((_, response) => reply(response, status, body));
    const error = await failure(url);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('no more of an answer is read than may be', async () => {
    let sent = 0;
    const url = await serve((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        if (response.destroyed || sent > 50_000_000) return;
        sent += 100_000;
        response.write('x'.repeat(100_000), () => setImmediate(more));
      };
      more();
    });
    const error = await failure(url, {}, { maxBytes: 200_000 });
    expect(error.message).toMatch(/more than 200000 bytes/);
    expect(sent).toBeLessThan(50_000_000);
  });

  it.each(['before', 'within'])('an answer that stalls %s its head', async (where) => {
    const url = await serve((_, response) => {
      if (where === 'within') response.writeHead(200).write('{"choices":');
    });
    const error = await failure(url, {}, { timeoutMs: 80 });
    expect(error.code).toBe('generation-failed');
    expect(error.message).toMatch(/no whole answer within 80 ms/);
  });

  it('a redirect is not followed, to wherever it leads', async () => {
    let reached = false;
    const other = await serve((_, response) => {
      reached = true;
      reply(response, 200, { choices: [{ text: 'x' }] });
    });
    const url = await serve((_, response) =>
      reply(response, 307, '', { location: `${other}/v1/completions?token=1` }),
    );
    const error = await failure(url);
    expect(error.code).toBe('no-generator');
    expect(error.message).toContain(`sends requests on to ${other} (307)`);
    expect(reached).toBe(false);
  });

  it('a connection is refused, or cut', async () => {
    const cut = await serve((request) => request.socket.destroy());
    expect((await failure(cut)).code).toBe('no-generator');
    await servers.pop()?.stop();
    const error = await failure(cut);
    expect(error.code).toBe('no-generator');
    expect(error.message).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  it('the grammar is asked for, which it cannot keep to', async () => {
    const constraints = [
      { start: () => 0, step: () => null, complete: () => true, forced: () => '' },
    ];
    expect((await failure('http://127.0.0.1:1', { constraints })).code).toBe('bad-config');
  });
});

it('every problem of the options is named at once, the key never', () => {
  const bad = {
    url: 'ftp://u:p@host',
    model: '',
    apiKey: `${KEY}\n`,
    retries: -1,
    timeout: 5,
  };
  expect(() => createRemoteGenerator(bad)).toThrow(
    /url[\s\S]*model[\s\S]*apiKey[\s\S]*retries[\s\S]*"timeout"/,
  );
  expect(() => createRemoteGenerator(bad)).not.toThrow(KEY);
});
