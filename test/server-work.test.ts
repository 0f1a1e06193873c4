/** Jobs, uploads, examples and classification as a client meets them: a listening server, real processes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFinSql } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, ScriptedGenerator, SLOW, startDemoServer } from './demo-server.ts';
import { checkedFetch } from './server/checked-fetch.ts';

let server: DemoServer;
let home: string;
/** What the model was last shown. */
let lastPrompt = '';

beforeAll(async () => {
  const generator = new ScriptedGenerator();
  const listening = {
    ...generator,
    name: generator.name,
    countTokens: (text: string) => generator.countTokens(text),
    generate: (prompts: readonly string[], request: { signal?: AbortSignal }) => {
      lastPrompt = prompts[0] ?? '';
      return generator.generate(prompts, request);
    },
  };
  server = await startDemoServer({
    uploadBytes: 200_000,
    load: async (_report, _signal, { exemplars }) => {
      const finSql = createFinSql({ generator: listening, exemplars });
      return { name: 'scripted', finSql, close: () => finSql.close() };
    },
  });
  home = server.home;
  await server.loaded;
});

afterAll(async () => {
  await server.close();
});

interface Body {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly data: readonly Body[];
  readonly result: { readonly [field: string]: unknown };
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  const response = await checkedFetch(server.url + path, {
    method,
    headers: { ...(isJson && { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string) }),
  });
  const text = await response.text();
  const { status } = response;
  return { status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

const get = (path: string) => call('GET', path);
const sendFile = (path: string, body: string | Uint8Array, type = 'application/octet-stream') =>
  call('POST', path, body, { 'Content-Type': type });

const untilOver = (id: string) =>
  expect
    .poll(async () => (await get(`/api/jobs/${id}`)).body.state, { timeout: 60_000 })
    .toMatch(/succeeded|failed|cancelled/);

function expectProblem({ status, headers, body }: Reply, expected: number, code: string): string {
  expect({ status, code: body.code, detail: body.detail }).toMatchObject({
    status: expected,
    code,
  });
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(JSON.stringify(body)).not.toContain(home);
  return String(body.detail);
}

describe('POST /api/databases', () => {
  const csv = [
    'id,code,price,day,note,Id',
    '1,007,1.50,2024-01-31,"a, b",x',
    '2,008,-2.25,2024-02-29,,y',
    '9223372036854775807,009,0.10,2024-03-31,N/A,z',
  ].join('\n');

  it('makes a typed table of a CSV file; every value survives', async () => {
    const reply = await sendFile(
      '/api/databases?name=prices&table=price%20list&wait=60',
      csv,
      'text/csv',
    );
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe('/api/databases/prices');
    expect(reply.body.result).toMatchObject({
      database: 'prices',
      tables: [{ name: 'price list', rows: 3 }],
      warnings: ['column "Id" is called Id_2'],
    });
    const database = new Database(join(home, 'databases', 'prices.sqlite'), { readonly: true });
    const types = database.prepare("SELECT name, type FROM pragma_table_info('price list')").raw();
    expect(types.all()).toEqual([
      ['id', 'BIGINT'],
      ['code', 'TEXT'],
      ['price', 'REAL'],
      ['day', 'TEXT'],
      ['note', 'TEXT'],
      ['Id_2', 'TEXT'],
    ]);
    const rows = database.prepare('SELECT * FROM "price list"').raw().safeIntegers().all();
    database.close();
    expect(rows[2]).toEqual([9223372036854775807n, '009', 0.1, '2024-03-31', 'N/A', 'z']);
    expect(rows[1]).toEqual([2n, '008', -2.25, '2024-02-29', null, 'y']);
    expect((await get('/api/uploads')).body.data).toEqual([]);
  });

  it('says what stands in it', async () => {
    const { status, body } = await get('/api/databases/prices/profile');
    expect(status).toBe(200);
    const [table] = body.tables as { columns: object[] }[];
    expect(table?.columns[0]).toEqual({
      name: 'id',
      type: 'BIGINT',
      nulls: 0,
      distinct: 3,
      min: 1,
      max: '9223372036854775807',
      samples: ['1', '2', '9223372036854775807'],
      frequent: [],
      histogram: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    });
    expect(table?.columns[4]).toMatchObject({ name: 'note', nulls: 1, distinct: 2 });
    expect(table?.columns[3]).toMatchObject({ histogram: null });
    expectProblem(await get('/api/databases/fund/profile'), 404, 'not-found');
    const { body: job } = await call('POST', '/api/databases/fund/profile');
    await untilOver(job.id);
    const fund = await get('/api/databases/fund/profile');
    const [managers] = fund.body.tables as { columns: object[] }[];
    expect(managers?.columns[2]).toMatchObject({
      name: 'education',
      frequent: [
        { value: 'PhD', count: 2 },
        { value: 'Master', count: 1 },
      ],
      histogram: null,
    });
  });

  it('takes a SQLite file as it is', async () => {
    const bytes = readFileSync(join(home, 'databases', 'fund.sqlite'));
    const reply = await sendFile('/api/databases?name=copy&wait=60', bytes);
    expect(reply.status).toBe(201);
    const { body } = await get('/api/databases/copy');
    expect((body.tables as { name: string }[]).map(({ name }) => name)).toEqual([
      'fund_manager',
      'fund',
      'fund_value',
    ]);
    expect((await call('DELETE', '/api/databases/copy')).status).toBe(204);
    expectProblem(await get('/api/databases/copy'), 404, 'no-such-database');
    expectProblem(await call('DELETE', '/api/databases/copy'), 404, 'no-such-database');
  });

  it('answers 202 when it is not told to wait', async () => {
    const reply = await sendFile('/api/databases?name=later&wait=0', 'a,b\n1,2');
    expect(reply.status).toBe(202);
    expect(reply.headers.get('location')).toBe(`/api/jobs/${reply.body.id}`);
    await untilOver(reply.body.id);
    expect((await get('/api/databases/later')).status).toBe(200);
  });

  const sqlite = () => readFileSync(join(home, 'databases', 'fund.sqlite'));
  it.each([
    ['an archive', () => Buffer.from('PK\u0003\u0004zip'), 422, 'bad-upload'],
    ['nothing', () => '', 422, 'bad-upload'],
    ['half a database', () => sqlite().subarray(0, 5000), 422, 'bad-upload'],
    ['a scrambled database', () => scrambled(sqlite()), 422, 'bad-upload'],
    ['too much', () => 'x'.repeat(200_001), 413, 'too-large'],
  ])('refuses %s and keeps nothing of it', async (_what, bytes, status, code) => {
    const reply = await sendFile('/api/databases?name=bad&wait=60', bytes());
    expectProblem(reply, status, code);
    const { data } = (await get('/api/databases')).body;
    expect(data.map(({ name }) => name)).not.toContain('bad');
    expect((await get('/api/uploads')).body.data).toEqual([]);
  });

  it.each(['../up', 'a/b', '.hidden', 'a\u0000b', 'x'.repeat(65), ''])(
    'refuses the name %j',
    async (name) => {
      const path = `/api/databases?name=${encodeURIComponent(name)}`;
      expectProblem(await sendFile(path, 'a\n1'), 400, 'bad-request');
    },
  );

  it('refuses a taken name, a form, and a packed body', async () => {
    expectProblem(await sendFile('/api/databases?name=fund', 'a\n1'), 409, 'conflict');
    const form = await sendFile('/api/uploads', '--x--', 'multipart/form-data; boundary=x');
    expectProblem(form, 415, 'unsupported-media-type');
    const packed = await call('POST', '/api/uploads', 'x', { 'Content-Encoding': 'gzip' });
    expectProblem(packed, 415, 'unsupported-media-type');
  });
});

describe('jobs', () => {
  it('are queued once for an Idempotency-Key, listed, shown, and removed', async () => {
    const body = { kind: 'index', params: { database: 'fund' } };
    const key = { 'Idempotency-Key': 'profile-1' };
    const [first, second] = [
      await call('POST', '/api/jobs', body, key),
      await call('POST', '/api/jobs', body, key),
    ];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.headers.get('location')).toBe(`/api/jobs/${first.body.id}`);
    expect(second.body.id).toBe(first.body.id);
    const other = { ...body, params: { database: 'prices' } };
    expectProblem(await call('POST', '/api/jobs', other, key), 422, 'key-reused');
    await untilOver(first.body.id);
    const list = await get('/api/jobs?kind=index&limit=1');
    expect(list.body.data[0]).toMatchObject({ id: first.body.id, state: 'succeeded' });
    expect(list.body).toMatchObject({ has_more: true, next: first.body.id });
    expect((await call('DELETE', `/api/jobs/${first.body.id}`)).status).toBe(204);
    expectProblem(await get(`/api/jobs/${first.body.id}`), 404, 'not-found');
  });

  it('can be followed, and followed on after a break', async () => {
    const { body: job } = await call('POST', '/api/jobs', {
      kind: 'index',
      params: { database: 'fund' },
    });
    const all = await events(job.id);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, i) => String(i + 1)));
    expect(all.at(-1)?.data).toMatchObject({ type: 'state', data: { state: 'succeeded' } });
    expect(await events(job.id, '2')).toEqual(all.slice(2));
    const over = await call('GET', `/api/jobs/${job.id}/events`, undefined, {
      'Last-Event-ID': all.at(-1)?.id ?? '',
    });
    expect(over.status).toBe(204);
  });

  it.each([
    [{ kind: 'nonsense' }, 400, 'bad-request'],
    [{ kind: 'index', params: {} }, 400, 'bad-request'],
    [{ kind: 'index', params: { database: 'none' } }, 404, 'no-such-database'],
    [{ kind: 'import', params: { upload: '../../etc', database: 'x' } }, 400, 'bad-request'],
    [{ kind: 'compose', params: { name: 'x', adapters: ['no'], weights: [1] } }, 404, 'not-found'],
    [{ kind: 'train', params: { name: '../x' } }, 400, 'bad-request'],
    [{ kind: 'train', params: { name: 'x', databases: ['fund'] } }, 400, 'bad-request'],
    [{ kind: 'evaluate', params: { adapter: 'none', set: 'no' } }, 404, 'not-found'],
    [{ kind: 'index', params: { database: 'fund' }, more: 1 }, 400, 'bad-request'],
  ])('refuses %j', async (body, status, code) => {
    expectProblem(await call('POST', '/api/jobs', body), status, code);
  });

  it('say what they take', async () => {
    const { data } = (await get('/api/job-kinds')).body;
    expect(data.map(({ kind }) => kind)).toEqual([
      ...['train', 'evaluate', 'compose', 'search', 'classify', 'import', 'index'],
    ]);
    expect(data[6]?.params).toMatchObject({ required: ['database'] });
  });
});

describe('feedback and examples', () => {
  const question = 'How many managers hold a Bachelor degree?';
  const sql = "SELECT count(*) FROM fund_manager WHERE education = 'Bachelor'";
  const judge = (body: object) =>
    call('POST', '/api/feedback', { verdict: 'down', database: 'fund', question, ...body });

  it('a correction waits, and once approved guides answers at once and is trained on', async () => {
    const judged = await judge({ sql: 'SELECT 1', corrected_sql: sql });
    expect(judged.status).toBe(201);
    expect(judged.body).toMatchObject({
      feedback: { verdict: 'down', sql: 'SELECT 1' },
      example: { state: 'pending', sql, source: 'correction', notes: [], author: 'local' },
      preview: { rows: [[0]] },
    });
    const { id } = judged.body.example as Body;
    const ask = { question: 'How many managers hold a Master degree?', database: 'fund' };
    await call('POST', '/api/ask', ask);
    expect(lastPrompt).not.toContain(question);
    expect((await call('POST', `/api/examples/${id}/approve`)).body.state).toBe('approved');
    await call('POST', '/api/ask', ask);
    expect(lastPrompt).toContain(question);
    expect(lastPrompt.toLowerCase()).toContain("education = 'bachelor'");
    await call('POST', `/api/examples/${id}/reject`);
    await call('POST', '/api/ask', ask);
    expect(lastPrompt).not.toContain(question);
  });

  it('tells of duplicates, and a newer one takes the place of the older', async () => {
    const [older, newer] = [
      await judge({ corrected_sql: sql }),
      await judge({ question: `${question.toLowerCase()} `, corrected_sql: `${sql} LIMIT 1` }),
    ].map(({ body }) => (body.example as Body).id);
    await call('POST', `/api/examples/${older}/approve`);
    const { notes } = (await get(`/api/examples/${newer}`)).body;
    expect(notes).toEqual([`Example ${older} (approved) asks the same, with other SQL.`]);
    await call('POST', `/api/examples/${newer}/approve`);
    expect((await get(`/api/examples/${older}`)).body.state).toBe('replaced');
    expectProblem(await call('POST', `/api/examples/${newer}/approve`), 409, 'conflict');
    const list = await get('/api/examples?state=approved&database=fund');
    expect(list.body.data.map(({ id }) => id)).toEqual([newer]);
  });

  it.each([
    [{ corrected_sql: 'DELETE FROM fund' }, 422, 'refused'],
    [{ corrected_sql: 'SELECT nonsense FROM fund' }, 422, 'sql-error'],
    [{ corrected_sql: 'SELECT 1', database: 'none' }, 404, 'no-such-database'],
    [{ verdict: 'sideways' }, 400, 'bad-request'],
    [{ verdict: 'up', corrected_sql: 'SELECT 1' }, 400, 'bad-request'],
  ])('refuses %j', async (body, status, code) => {
    const before = (await get('/api/feedback')).body.data.length;
    expectProblem(await judge(body), status, code);
    expect((await get('/api/feedback')).body.data).toHaveLength(before);
  });
});

describe('what forms and operators need', () => {
  it('methods with their settings', async () => {
    const { data } = (await get('/api/methods')).body;
    const lora = data.find(({ name }) => name === 'lora') as Body;
    expect(lora).toMatchObject({ type: 'LORA', family: 'low-rank', defaults: { r: 16 } });
    const { properties } = lora.settings as { properties: Record<string, object> };
    expect(properties.r).toMatchObject({ type: 'integer', default: 8 });
    expect(data.length).toBeGreaterThan(20);
  });

  it('the questions that a training would learn from', async () => {
    const { body } = await get('/api/training-data');
    const approved = (await get('/api/examples?state=approved')).body.data.length;
    expect(body).toEqual({
      questions: approved,
      approved,
      held_out: 0,
      databases: approved === 0 ? [] : [{ name: 'fund', questions: approved }],
    });
  });

  it('the queue as it is', async () => {
    const asked = fetch(`${server.url}/api/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: SLOW, database: 'fund' }),
    });
    const entries = async () =>
      ((await get('/api/system')).body.queue as { entries: readonly object[] }).entries;
    await expect
      .poll(entries, { interval: 20 })
      .toMatchObject([{ what: 'question', client: 'local', state: 'running' }]);
    await asked;
    expect(await entries()).toEqual([]);
  });

  it('memory, disk, versions and jobs', async () => {
    const { body } = await get('/api/system');
    expect(body).toMatchObject({ model: null, problems: [] });
    const { versions, memory, disk, jobs } = body as unknown as {
      versions: { node: string };
      memory: { total: number; available: number; server: number };
      disk: { folders: { name: string; bytes: number }[] };
      jobs: { state: string; count: number }[];
    };
    expect(versions.node).toBe(process.versions.node);
    expect(memory.server).toBeGreaterThan(10e6);
    expect(memory.total).toBeGreaterThanOrEqual(memory.available);
    expect(disk.folders.find(({ name }) => name === 'databases')?.bytes).toBeGreaterThan(4096);
    const known = (await get('/api/jobs?state=succeeded&limit=100')).body.data.length;
    expect(jobs.find(({ state }) => state === 'succeeded')?.count).toBe(known);
  });
});

describe('classification', () => {
  it('labels the rows of an upload', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => {
      const size = (i * 37) % 60;
      return `u-${i},${size},${i < 50 ? (size > 29 ? 'large' : 'small') : ''}`;
    });
    const upload = await sendFile(
      '/api/uploads?name=sizes.csv',
      ['id,size,kind', ...lines].join('\n'),
    );
    expect(upload.body).toMatchObject({ name: 'sizes.csv', format: 'csv' });
    expect((await get(`/api/uploads/${upload.body.id}`)).body).toMatchObject({
      columns: ['id', 'size', 'kind'],
    });
    const job = await call('POST', '/api/classifications', {
      upload: upload.body.id,
      target: 'kind',
      id: 'id',
      tabular: true,
      trees: 20,
    });
    expect(job.status).toBe(202);
    expect((await call('DELETE', `/api/uploads/${upload.body.id}`)).status).toBe(204);
    await untilOver(job.body.id);
    const over = (await get(`/api/jobs/${job.body.id}`)).body;
    expect(over).toMatchObject({ state: 'succeeded', result: { rows: 10, labelled: 50 } });
    const { body } = await get(`/api/classifications/${job.body.id}/rows?limit=3&after=8`);
    expect(body).toMatchObject({ has_more: false, next: null });
    expect(body.data).toHaveLength(2);
    const file = await fetch(`${server.url}/api/classifications/${job.body.id}/result`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect((await file.text()).split('\n')[0]).toBe(
      'id,prediction,p_large,p_small,margin,warnings',
    );
  });

  it('refuses what it cannot do', async () => {
    const { body: upload } = await sendFile('/api/uploads', 'a,b\n1,2');
    const classify = (body: object) =>
      call('POST', '/api/classifications', { upload: upload.id, target: 'a', ...body });
    expectProblem(await classify({ target: 'c' }), 400, 'bad-request');
    expectProblem(await classify({ template: 'is {nothing}' }), 400, 'bad-request');
    expectProblem(await classify({ upload: `upload_${'0'.repeat(18)}` }), 404, 'not-found');
    expectProblem(await get('/api/classifications/job_none/rows'), 404, 'not-found');
  });
});

it('takes no more than jobs and uploads may hold', async () => {
  const small = await startDemoServer({ jobBytes: 3 });
  const upload = () =>
    fetch(`${small.url}/api/uploads`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: 'a,b\n1,2',
    });
  expect((await upload()).status).toBe(201);
  const full = await upload();
  const { code } = (await full.json()) as Body;
  expect([full.status, code]).toEqual([507, 'disk-full']);
  await small.close();
});

it('had no fault that it did not expect', () => {
  expect(server.unexpected).toEqual([]);
});

function scrambled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 100; i < copy.length; i += 7) copy[i] = (copy[i] as number) ^ 0x5a;
  return copy;
}

async function events(id: string, after?: string) {
  const response = await fetch(`${server.url}/api/jobs/${id}/events`, {
    headers: after === undefined ? {} : { 'Last-Event-ID': after },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const blocks = (await response.text()).split('\n\n').filter((block) => block.startsWith('id: '));
  return blocks.map((block) => {
    const [, own, event, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return { id: own, event, data: JSON.parse(data ?? '') };
  });
}
