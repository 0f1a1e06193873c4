/** Who may do what: keys, scopes, parts of databases, rates, and what the log tells of it. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyStore, openKeyStore } from '../../apps/server/src/access/key-store.ts';
import { createLog } from '../../apps/server/src/request-log.ts';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { bodyOf, problemOf, send, sendJson } from './requests.ts';

const DOCTORATE = 'Which fund managers have a doctorate?';
const lines: string[] = [];
const held: Record<string, string> = {};
let keys: KeyStore;
let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer({
    requireKey: 'always',
    maxWaiting: 2,
    statementSeconds: 30,
    log: createLog('info', { write: (line: string) => lines.push(line) }),
    prepare: (home) => {
      keys = openKeyStore(join(home, 'keys.json'));
      held.whole = keys.add({ name: 'whole' }).key;
      held.other = keys.add({ name: 'other' }).key;
      held.admin = keys.add({ name: 'admin', scope: 'admin' }).key;
      held.part = keys.add({ name: 'part', allow: ['fund.fund', 'fund.fund_manager.name'] }).key;
      held.partAdmin = keys.add({
        name: 'partAdmin',
        scope: 'admin',
        allow: ['fund.fund_manager.name', 'gone'],
      }).key;
      held.elsewhere = keys.add({ name: 'elsewhere', allow: ['sales'] }).key;
      held.slow = keys.add({ name: 'slow', ratePerMinute: 3 }).key;
    },
  });
  await server.loaded;
});

afterAll(() => server.close());

const get = (path: string, key?: string) =>
  send(server.url, path, key === undefined ? {} : { key });
const ask = (key: string | undefined, question = DOCTORATE) =>
  send(server.url, '/api/ask', {
    body: { question, database: 'fund' },
    ...(key !== undefined && { key }),
  });
const query = (key: string | undefined, sql: string) =>
  send(server.url, '/api/databases/fund/query', {
    body: { sql },
    ...(key !== undefined && { key }),
  });

describe('keys', () => {
  it('are needed for everything but the page, its description and signs of life', async () => {
    const refused = await get('/api/databases');
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    await problemOf(refused, 401, 'unauthorized');
    for (const path of ['/metrics', '/api/answers', '/v1/models', '/api/databases/fund']) {
      await problemOf(await get(path), 401, 'unauthorized');
    }
    await problemOf(await ask(undefined), 401, 'unauthorized');
    for (const path of ['/', '/docs', '/openapi.json', '/healthz', '/readyz', '/api/health']) {
      expect((await get(path)).status).toBe(200);
    }
  });

  it('open what their scope reaches', async () => {
    expect((await ask(held.whole)).status).toBe(200);
    expect((await get('/metrics', held.whole)).status).toBe(200);
  });

  it('count only when they are whole, ours and not revoked', async () => {
    const passing = keys.add({ name: 'passing' });
    expect((await get('/api/databases', passing.key)).status).toBe(200);
    keys.revoke('passing');
    const wrong = [passing.key, 'quaestor_x', `${held.whole}x`, held.whole?.slice(0, -1), 'sk-1'];
    for (const key of wrong) {
      await problemOf(await get('/api/databases', key), 401, 'unauthorized');
    }
    const basic = await send(server.url, '/api/databases', {
      headers: { Authorization: `Basic ${held.whole}` },
    });
    await problemOf(basic, 401, 'unauthorized');
  });

  it('are asked for before the server is opened to other machines', async () => {
    const open = { host: '0.0.0.0', allowedHosts: ['box.lan'] };
    await expect(startDemoServer(open)).rejects.toMatchObject({ code: 'bad-config' });
    const withKey = await startDemoServer({
      ...open,
      prepare: (home) => openKeyStore(join(home, 'keys.json')).add({ name: 'first' }),
    });
    const { port } = new URL(withKey.url);
    await problemOf(await send(`http://127.0.0.1:${port}`, '/api/databases'), 401, 'unauthorized');
    await withKey.close();
  });
});

describe('answers', () => {
  it('are seen by the key that asked, and by administrators', async () => {
    const { id } = await bodyOf(ask(held.whole));
    expect(
      (await sendJson(server.url, '/api/answers', { key: held.whole ?? '' })).data[0]?.id,
    ).toBe(id);
    expect((await sendJson(server.url, '/api/answers', { key: held.other ?? '' })).data).toEqual(
      [],
    );
    await problemOf(await get(`/api/answers/${id}`, held.other), 404, 'no-such-answer');
    await problemOf(
      await send(server.url, `/api/answers/${id}`, { method: 'DELETE', key: held.other ?? '' }),
      404,
      'no-such-answer',
    );
    expect((await get(`/api/answers/${id}`, held.admin)).status).toBe(200);
  });

  it('are repeated for an Idempotency-Key to the key that sent it alone', async () => {
    const asked = (key: string | undefined) =>
      send(server.url, '/api/ask', {
        body: { question: DOCTORATE, database: 'fund' },
        key: key ?? '',
        headers: { 'Idempotency-Key': 'one' },
      });
    const [first, again, other] = [
      await asked(held.whole),
      await asked(held.whole),
      await asked(held.other),
    ];
    expect([again, other].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([
      'true',
      null,
    ]);
    const { id } = await bodyOf(first);
    expect((await bodyOf(again)).id).toBe(id);
    expect((await bodyOf(other)).id).not.toBe(id);
  });

  it('of others are hidden from administrators who may read parts of databases', async () => {
    const { id } = await bodyOf(ask(held.whole));
    const key = held.partAdmin ?? '';
    expect((await sendJson(server.url, '/api/answers', { key })).data).toEqual([]);
    for (const part of ['', '/rows', '/events']) {
      await problemOf(await get(`/api/answers/${id}${part}`, key), 404, 'no-such-answer');
    }
    const removed = await send(server.url, `/api/answers/${id}`, { method: 'DELETE', key });
    await problemOf(removed, 404, 'no-such-answer');
    expect((await get(`/api/answers/${id}`, held.whole)).status).toBe(200);
    await problemOf(await get('/api/system', key), 403, 'forbidden');
  });
});

describe('a key for a part of a database', () => {
  it('sees no other database, table or column', async () => {
    const { data } = await sendJson(server.url, '/api/databases', { key: held.part ?? '' });
    expect(data).toMatchObject([{ name: 'fund', tables: 2, rows: 6 }]);
    const schema = await sendJson(server.url, '/api/databases/fund', { key: held.part ?? '' });
    expect(schema.tables.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['fund_manager', 1],
      ['fund', 5],
    ]);
    expect(JSON.stringify(schema)).not.toMatch(/education|fund_value|net value/);
    await problemOf(await get('/api/databases/broken', held.part), 404, 'no-such-database');
  });

  it('reads nothing else, whoever writes the SQL', async () => {
    expect((await query(held.part, 'SELECT name FROM fund_manager')).status).toBe(200);
    const hidden = await query(held.part, 'SELECT * FROM fund_value');
    expect(await problemOf(hidden, 422, 'sql-error')).toBe('no such table: fund_value');
    await problemOf(await query(held.part, 'SELECT * FROM main.fund_value'), 422, 'refused');
    await problemOf(await query(held.part, 'SELECT education FROM fund_manager'), 422, 'sql-error');
    const told = await ask(held.part, 'What was the net value of the fund each month?');
    expect(await told.text()).not.toContain('2024-');
  });

  it('does not learn that others are there', async () => {
    for (const path of ['adapters', 'adapters/none', 'activations', 'evaluation-sets']) {
      await problemOf(await get(`/api/${path}`, held.part), 403, 'forbidden');
      expect((await get(`/api/${path}`, held.whole)).status).not.toBe(403);
    }
    expect((await get('/api/methods', held.part)).status).toBe(200);
    expect(
      (await sendJson(server.url, '/api/databases', { key: held.elsewhere ?? '' })).data,
    ).toEqual([]);
    await problemOf(await ask(held.elsewhere), 404, 'no-such-database');
    await problemOf(await query(held.elsewhere, 'SELECT 1'), 404, 'no-such-database');
    const gone = await get('/api/databases/gone', held.partAdmin);
    expect(await problemOf(gone, 404, 'no-such-database')).not.toMatch(/fund|broken/);
  });
});

describe('statements', () => {
  const ENDLESS =
    'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r';

  it('of one key keep no other waiting, and are refused where too many wait', async () => {
    const leaving = new AbortController();
    const body = { sql: ENDLESS };
    let timedOut = 0;
    const flood = Array.from({ length: 12 }, async () => {
      const { signal } = leaving;
      const key = held.part ?? '';
      const reply = await send(server.url, '/api/databases/fund/query', { body, key, signal });
      if (reply.status === 504) timedOut++;
      return reply;
    });
    const refused = await Promise.race(flood);
    expect(refused.headers.get('retry-after')).toBe('5');
    await problemOf(refused, 429, 'too-busy');
    expect((await query(held.admin, 'SELECT 1')).status).toBe(200);
    expect(timedOut).toBe(0);
    leaving.abort();
    await Promise.allSettled(flood);
  });
});

describe('rates', () => {
  it('are limited by key', async () => {
    for (let i = 0; i < 3; i++) expect((await get('/api/databases', held.slow)).status).toBe(200);
    const refused = await get('/api/databases', held.slow);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toContain('r=0');
    await problemOf(refused, 429, 'rate-limited');
    expect((await get('/api/databases', held.whole)).status).toBe(200);
  });
});

describe('the log', () => {
  it('tells of each request, but not what was in it', async () => {
    lines.length = 0;
    const response = await ask(held.whole);
    const id = response.headers.get('x-request-id');
    await expect.poll(() => lines.map((line) => JSON.parse(line).request_id)).toContain(id);
    const line = lines.map((text) => JSON.parse(text)).find((entry) => entry.request_id === id);
    const { id: key } = keys.list().find(({ name }) => name === 'whole') ?? {};
    expect(line).toMatchObject({ level: 30, route: 'POST /api/ask', status: 200, key });
    expect(lines.join('')).not.toMatch(/doctorate|Chen Hao|SELECT|quaestor_|Bearer/i);
  });
});
