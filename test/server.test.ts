/** The HTTP application as a client sees it: a listening server, real requests, a real database. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, ENDLESS, SCRIPT, startDemoServer } from './demo-server.ts';
import { checkedFetch } from './server/checked-fetch.ts';
import { all, streamedEvents } from './server/requests.ts';

const DOCTORATE = 'Which fund managers have a doctorate?';

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
  await server.loaded;
});

afterAll(async () => {
  await server.close();
});

/** A body as far as these tests look at it. */
interface Body {
  readonly [field: string]: unknown;
  readonly rows: readonly unknown[][];
  readonly trace: readonly { readonly name: string }[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly unknown[] }[];
  readonly data: readonly { readonly problem: string | null }[];
}

const json = async (response: Response) => (await response.json()) as Body;

const get = (path: string, headers: Record<string, string> = {}) =>
  checkedFetch(server.url + path, { headers });

function ask(
  body: unknown,
  {
    to = server,
    signal,
    ...headers
  }: { to?: DemoServer; signal?: AbortSignal; Accept?: string } = {},
): Promise<Response> {
  return checkedFetch(`${to.url}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

const askStream = (question: string, options: { to?: DemoServer; signal?: AbortSignal } = {}) =>
  ask({ question, database: 'fund' }, { ...options, Accept: 'text/event-stream' });

/** Expects problem+json of that status and code. @returns its detail */
async function expectProblem(response: Response, status: number, code: string): Promise<string> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = await json(response);
  expect(problem).toMatchObject({ type: 'about:blank', status, code });
  expect(response.status).toBe(status);
  expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  expect(problem.detail).not.toMatch(/\.ts:\d|node_modules/);
  return String(problem.detail);
}

describe('POST /api/ask', () => {
  it('answers as JSON with SQL, rows and the trace', async () => {
    const response = await ask({ question: DOCTORATE, database: 'fund' });
    expect(response.status).toBe(200);
    const answer = await json(response);
    expect(answer.sql).toBe(SCRIPT[DOCTORATE]);
    expect(answer.columns).toEqual(['name', 'education']);
    expect(answer.rows).toEqual([
      ['Chen Hao', 'PhD'],
      ['Lin Yue', 'PhD'],
    ]);
    expect(answer.truncated).toBe(false);
    expect(answer.trace.length).toBeGreaterThan(3);
  });

  it('streams the stages in order, then the answer, which ends the stream', async () => {
    const response = await askStream(DOCTORATE);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    const events = await all(streamedEvents(response));
    const last = events.at(-1);
    const before = events.slice(0, -1);
    expect(before.every(({ event }) => event === 'start' || event === 'stage')).toBe(true);
    expect(last?.event).toBe('answer');
    const names = (stages: readonly { readonly name?: unknown }[]) =>
      stages.map(({ name }) => name);
    const heard = (kind: string) =>
      names(before.filter(({ event }) => event === kind).map(({ data }) => data));
    const told = heard('stage');
    expect(heard('start')).toEqual(told);
    expect(told).toEqual(names(last?.data.trace as { name: string }[]));
    const order = ['retrieve', 'prompt', 'generate', 'execute'];
    expect(told.filter((name) => order.includes(String(name)))).toEqual(order);
  });

  it('answers a question in Chinese', async () => {
    const answer = await json(
      await ask({ question: '哪些基金经理有博士学位？', database: 'fund' }),
    );
    expect(answer.rows).toEqual([['Chen Hao'], ['Lin Yue']]);
  });

  it('ends a stream with an error event when there is no answer', async () => {
    const events = await all(
      streamedEvents(await askStream('Which fund managers are to be deleted?')),
    );
    expect(events.at(-1)).toMatchObject({
      event: 'error',
      data: { status: 422, code: 'refused' },
    });
    expect(server.unexpected).toEqual([]);
  });

  it('stops working when the client goes', async () => {
    const controller = new AbortController();
    const before = server.generator.aborted;
    const response = await askStream(ENDLESS, { signal: controller.signal });
    const events = streamedEvents(response);
    await events.next();
    await expect.poll(() => server.generator.endless).toBe(1);
    controller.abort();
    await expect.poll(() => server.generator.aborted).toBe(before + 1);
    expect((await ask({ question: DOCTORATE, database: 'fund' })).status).toBe(200);
    expect(server.unexpected).toEqual([]);
  });

  it('refuses an empty and a 10,000-character question', async () => {
    await expectProblem(await ask({ question: '  ', database: 'fund' }), 400, 'bad-question');
    const long = await ask({ question: 'x'.repeat(10_000), database: 'fund' });
    expect(await expectProblem(long, 400, 'bad-question')).toContain('2000 characters');
    const streamed = await askStream('');
    await expectProblem(streamed, 400, 'bad-question');
  });

  it('names every problem of a body at once', async () => {
    const response = await ask({ question: 7, extra: true });
    const detail = await expectProblem(response, 400, 'bad-request');
    for (const word of ['question', 'database', 'extra']) expect(detail).toContain(word);
  });

  it.each([
    ['no JSON', '{', 400, 'bad-request'],
    ['no object', '[1]', 400, 'bad-request'],
    ['a prototype', '{"question":"a","database":"fund","__proto__":{"x":1}}', 400, 'bad-request'],
    ['a huge body', JSON.stringify({ question: 'x'.repeat(200_000) }), 413, 'too-large'],
    ['an unknown database', '{"question":"a","database":"nowhere"}', 404, 'no-such-database'],
    ['a path', '{"question":"a","database":"../fund.sqlite"}', 404, 'no-such-database'],
    ['a broken file', '{"question":"How many?","database":"broken"}', 422, 'not-a-database'],
  ])('refuses %s', async (_what, body, status, code) => {
    await expectProblem(await ask(body), status, code);
  });

  it('names the limit of a body that is too large, in the language of the reader', async () => {
    const body = JSON.stringify({ model: 'x', messages: [], padding: 'x'.repeat(300_000) });
    const detailOf = async (path: string, language: string) => {
      const headers = { 'Content-Type': 'application/json', 'Accept-Language': language };
      const response = await checkedFetch(server.url + path, { method: 'POST', headers, body });
      expect(response.status).toBe(413);
      return response.text();
    };
    expect(await detailOf('/api/ask', 'en')).toContain('larger than the 102400 bytes');
    expect(await detailOf('/api/ask', 'zh')).toContain('允许的 102400 字节');
    expect(await detailOf('/v1/chat/completions', 'en')).toContain('larger than the 262144 bytes');
  });

  it('refuses other types and other methods', async () => {
    const text = await checkedFetch(`${server.url}/api/ask`, {
      method: 'POST',
      body: 'question=a',
    });
    await expectProblem(text, 415, 'unsupported-media-type');
    const wanted = await ask({ question: DOCTORATE, database: 'fund' }, { Accept: 'text/html' });
    await expectProblem(wanted, 406, 'not-acceptable');
    const got = await get('/api/ask');
    expect(got.headers.get('allow')).toBe('POST');
    await expectProblem(got, 405, 'method-not-allowed');
  });
});

describe('the queue', () => {
  it('answers several at once, lets others wait for their turn, and refuses when too many do', async () => {
    const busy = await startDemoServer({ maxRunning: 2, maxWaiting: 1 });
    await busy.loaded;
    const first = new AbortController();
    await askStream(ENDLESS, { to: busy, signal: first.signal });
    // Beside the one that goes on.
    const beside = await ask({ question: DOCTORATE, database: 'fund' }, { to: busy });
    expect(beside.status).toBe(200);
    const second = new AbortController();
    await askStream(ENDLESS, { to: busy, signal: second.signal });
    const waiting = streamedEvents(await askStream(DOCTORATE, { to: busy }));
    expect((await waiting.next()).value).toEqual({
      id: null,
      event: 'queued',
      data: { ahead: 2 },
    });
    const refused = await ask({ question: DOCTORATE, database: 'fund' }, { to: busy });
    expect(refused.headers.get('retry-after')).toBe('5');
    await expectProblem(refused, 429, 'too-busy');
    first.abort();
    expect((await all(waiting)).at(-1)?.event).toBe('answer');
    second.abort();
    await busy.close();
  });
});

describe('the deadline', () => {
  it('ends a question that takes too long, and makes room for the next', async () => {
    const hasty = await startDemoServer({ askSeconds: 0.3 });
    await hasty.loaded;
    const late = await ask({ question: ENDLESS, database: 'fund' }, { to: hasty });
    await expectProblem(late, 504, 'timeout');
    const health = await json(await fetch(`${hasty.url}/api/health`));
    expect(health.queue).toEqual({ running: 0, waiting: 0 });
    await hasty.close();
  });
});

describe('GET /api/databases', () => {
  it('lists databases with counts, and says which cannot be read', async () => {
    const { data } = await json(await get('/api/databases'));
    expect(data).toMatchObject([
      { name: 'broken', tables: null, rows: null },
      { name: 'fund', tables: 3, rows: 18, problem: null },
    ]);
    expect(data[0]?.problem).toContain('not a SQLite database');
  });

  it('shows the schema and questions to start with', async () => {
    const schema = await json(await get('/api/databases/fund'));
    expect(schema.examples).toEqual(Object.keys(SCRIPT));
    const fund = schema.tables.find((table) => table.name === 'fund');
    expect(fund).toMatchObject({
      rowCount: 3,
      foreignKeys: [{ column: 'manager_id', table: 'fund_manager', target: 'manager_id' }],
    });
    expect(fund?.columns[1]).toMatchObject({ name: 'fund_name', comment: 'name of the fund' });
  });

  it('knows only names', async () => {
    await expectProblem(await get('/api/databases/nowhere'), 404, 'no-such-database');
    await expectProblem(await get('/api/databases/..%2Ffund'), 404, 'no-such-database');
    await expectProblem(await get('/api/databases/broken'), 422, 'not-a-database');
  });
});

describe('GET /api/health', () => {
  it('tells how far the model is, before and after it is loaded', async () => {
    let loadNow = () => {};
    const beforeLoad = new Promise<void>((resolve) => {
      loadNow = resolve;
    });
    const loading = await startDemoServer({ beforeLoad });
    const health = async () => (await json(await fetch(`${loading.url}/api/health`))).model;
    expect(await health()).toEqual({ state: 'loading', step: 'reading weights', progress: 0.5 });
    const early = await ask({ question: DOCTORATE, database: 'fund' }, { to: loading });
    expect(early.headers.get('retry-after')).toBe('2');
    await expectProblem(early, 503, 'model-loading');
    loadNow();
    await loading.loaded;
    expect(await health()).toEqual({ state: 'ready', name: 'scripted' });
    await loading.close();
  });

  it('stays up and says why when the model cannot be loaded', async () => {
    const failed = await startDemoServer({
      load: () => Promise.reject(new Error('The adapter fits another base model.')),
    });
    await failed.loaded;
    const answer = await ask({ question: DOCTORATE, database: 'fund' }, { to: failed });
    // Why may name paths and adapters, which not everybody who asks may know.
    const said = await expectProblem(answer, 503, 'model-failed');
    expect(said).not.toContain('another base model');
    expect(said).toContain('/api/health');
    await failed.close();
  });
});

describe('protection', () => {
  it('sends a policy without inline script, and no banner', async () => {
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers only under its own host names', async () => {
    expect(await statusUnder('evil.example')).toBe(421);
    expect(await statusUnder('127.0.0.1.evil.example:80')).toBe(421);
    expect(await statusUnder('evil@127.0.0.1')).toBe(421);
    expect(await statusUnder('localhost:1234')).toBe(200);
    expect(await statusUnder('[::1]:1234')).toBe(200);
  });

  it('refuses pages of other sites', async () => {
    const foreign = { Origin: 'http://evil.example' };
    await expectProblem(await get('/api/databases', foreign), 403, 'wrong-origin');
    await expectProblem(await get('/api/health', { Origin: 'null' }), 403, 'wrong-origin');
    expect((await get('/api/health', { Origin: server.url })).status).toBe(200);
  });

  it('follows a link of another site to a page, and to nothing else', async () => {
    const statusOf = (path: string, dest: string) =>
      statusWith(path, {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': dest,
      });
    expect(await statusOf('/?db=fund&q=How+many', 'document')).toBe(200);
    expect(await statusOf('/', 'iframe')).toBe(403);
    expect(await statusOf('/api/databases', 'document')).toBe(403);
    expect(await statusOf('/V1/models', 'document')).toBe(403);
  });

  it('says not-found for what is not there, and serves nothing outside its folder', async () => {
    await expectProblem(await get('/api/nothing'), 404, 'not-found');
    await expectProblem(await get('/..%2fpackage.json'), 404, 'not-found');
    await expectProblem(await get('/assets/main.tsx'), 404, 'not-found');
    await expectProblem(await get('/page/main.tsx'), 404, 'not-found');
    const wanted = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
    await expectProblem(await fetch(`${server.url}/api/nothing`, wanted), 404, 'not-found');
    const page = await fetch(`${server.url}/databasse`, wanted);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
  });

  it('serves the page as one document whose parts are kept for good', async () => {
    const html = await (await get('/databases/fund')).text();
    const parts = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(parts.length).toBeGreaterThan(2);
    for (const path of parts) {
      const part = await get(path);
      expect(part.status).toBe(200);
      expect(part.headers.get('cache-control')).toContain('immutable');
    }
    expect(html).not.toMatch(/<style|style=|<script>/);
  });

  /** fetch sets Host itself, so this is a plain request. */
  const statusUnder = (host: string) => statusWith('/api/health', { Host: host });

  /** With headers that fetch sets by itself. */
  function statusWith(path: string, headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(server.url + path, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
});

describe('starting', () => {
  it('takes the next port when one is in use', async () => {
    const port = Number(new URL(server.url).port);
    const next = await startDemoServer({ port });
    expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
    await next.close();
  });

  it('refuses an open address without host names, and wrong settings, all in one error', async () => {
    await expect(startDemoServer({ host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'bad-config',
    });
    await expect(
      startDemoServer({ port: 99999, maxRunning: 0, maxWaiting: -1 }),
    ).rejects.toMatchObject({
      code: 'bad-config',
      problems: [
        expect.stringContaining('port'),
        expect.stringContaining('maxRunning'),
        expect.stringContaining('maxWaiting'),
      ],
    });
  });
});
