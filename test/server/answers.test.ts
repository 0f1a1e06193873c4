/** What was asked: history, rows by pieces, events to come back to, requests sent twice. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../packages/finsql/src/database/sqlite.ts';
import { type DemoServer, ENDLESS, SCRIPT, SLOW, startDemoServer } from '../demo-server.ts';
import { expectSchema } from './checked-fetch.ts';
import {
  all,
  bodyOf,
  problemOf,
  type StreamedEvent,
  send,
  sendJson,
  streamedEvents,
} from './requests.ts';

const DOCTORATE = 'Which fund managers have a doctorate?';
const EACH_MONTH = 'What was the net value of the fund each month?';

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
  await server.loaded;
});

afterAll(() => server.close());

const ask = (question: string, headers: Record<string, string> = {}) =>
  send(server.url, '/api/ask', { body: { question, database: 'fund' }, headers });

async function events(id: string, after?: string): Promise<StreamedEvent[]> {
  const response = await send(server.url, `/api/answers/${id}/events`, {
    headers: { Accept: 'text/event-stream', ...(after && { 'Last-Event-ID': after }) },
  });
  return all(streamedEvents(response));
}

describe('history', () => {
  it('lists what was asked, newest first, by pieces that neither repeat nor miss any', async () => {
    const asked = Object.keys(SCRIPT).slice(0, 5);
    const ids: string[] = [];
    for (const question of asked) ids.unshift((await bodyOf(ask(question))).id);
    const listed: string[] = [];
    let after = '';
    for (;;) {
      const page = await sendJson(server.url, `/api/answers?limit=2${after}`);
      listed.push(...page.data.map(({ id }) => id));
      if (!page.has_more) break;
      after = `&after=${page.next}`;
    }
    expect(listed.slice(0, 5)).toEqual(ids);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('keeps an answer with its rows, which come by pieces', async () => {
    const answer = await bodyOf(ask(EACH_MONTH));
    const kept = await sendJson(server.url, `/api/answers/${answer.id}`);
    expect(kept).toMatchObject({
      status: 'answered',
      question: EACH_MONTH,
      database: 'fund',
      answer,
    });
    const first = await sendJson(server.url, `/api/answers/${answer.id}/rows?limit=7`);
    const rest = await sendJson(
      server.url,
      `/api/answers/${answer.id}/rows?limit=7&after=${first.next}`,
    );
    expect([...first.data, ...rest.data]).toEqual(answer.rows);
    expect([first.has_more, rest.has_more, rest.next]).toEqual([true, false, null]);
  });

  it('keeps why there was no answer', async () => {
    await ask('Which fund managers are to be deleted?');
    const { data } = await sendJson(server.url, '/api/answers?limit=1');
    expect(data[0]).toMatchObject({ status: 'failed', sql: null });
    const kept = await sendJson(server.url, `/api/answers/${data[0]?.id}`);
    expect(kept.problem?.code).toBe('refused');
    const rows = await send(server.url, `/api/answers/${data[0]?.id}/rows`);
    expect(await problemOf(rows, 404, 'no-such-answer')).toContain('Refused');
  });

  it('keeps that there was none to be given, with the draft', async () => {
    const sql = 'SELECT nonsense FROM fund_manager';
    const answer = await bodyOf(ask('Which fund managers are there with no such column?'));
    const abstained = { code: 'nothing-runs', reason: expect.stringContaining('no such column') };
    expect(answer).toMatchObject({ kind: 'abstained', abstained, sql, rows: [] });
    const { data } = await sendJson(server.url, '/api/answers?limit=1');
    expect(data[0]).toMatchObject({ status: 'abstained', sql });
    const kept = await sendJson(server.url, `/api/answers/${answer.id}`);
    expect(kept).toMatchObject({ answer, problem: null });
  });

  it('answers a follow-up as the question that it stands for', async () => {
    const thread = [{ question: 'Which funds are there?', sql: 'SELECT fund_name FROM fund' }];
    const body = { question: 'how many?', database: 'fund', thread };
    const heard = await all(
      streamedEvents(
        await send(server.url, '/api/ask', { body, headers: { Accept: 'text/event-stream' } }),
      ),
    );
    const standalone_question = 'How many funds are there?';
    expect(heard.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        name: 'rewrite',
        detail: { question: 'how many?', standalone_question, rule: 'count-or-list' },
      }),
    );
    expect(heard.at(-1)?.data).toMatchObject({
      standalone_question,
      sql: 'SELECT COUNT(*) AS fund_count FROM fund',
    });
    const long = { ...body, thread: Array(9).fill(thread[0]) };
    await problemOf(await send(server.url, '/api/ask', { body: long }), 400, 'bad-request');
  });

  it('forgets an answer when told to', async () => {
    const { id } = await bodyOf(ask(DOCTORATE));
    const removed = await send(server.url, `/api/answers/${id}`, { method: 'DELETE' });
    expect(removed.status).toBe(204);
    await problemOf(await send(server.url, `/api/answers/${id}`), 404, 'no-such-answer');
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'after=%2e%2e',
    'after=LTE',
    'page=2',
    'limit=1&limit=2',
  ])('refuses ?%s', async (query) => {
    await problemOf(await send(server.url, `/api/answers?${query}`), 400, 'bad-request');
  });
});

describe('events', () => {
  it('are numbered, and go on after the last that was heard', async () => {
    const accepted = await ask(SLOW, { Prefer: 'respond-async' });
    expect(accepted.status).toBe(202);
    const place = accepted.headers.get('location') ?? '';
    const { id } = await bodyOf(accepted);
    expect(place).toBe(`/api/answers/${id}`);
    expect((await sendJson(server.url, place)).status).toBe('running');
    await problemOf(await send(server.url, `${place}/rows`), 409, 'in-progress');
    // That a stage begins is outdated as soon as it is done: it has no number, and is not told again.
    const numbered = async (after?: string) =>
      (await events(id, after)).filter(({ event }) => event !== 'start');
    const heard = await numbered();
    for (const { event, data } of heard) {
      await expectSchema(server.url, event === 'answer' ? 'Answer' : 'Stage', data);
    }
    expect(heard.map((event) => event.id)).toEqual([
      ...heard.slice(0, -1).map((_, i) => String(i + 1)),
      'end',
    ]);
    const again = await numbered(heard[1]?.id ?? '');
    expect(again).toEqual(heard.slice(2));
    const over = await send(server.url, `${place}/events`, {
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': 'end' },
    });
    expect(over.status).toBe(204);
  });

  it('of one answer can be followed by several, and one who leaves does not end it', async () => {
    const { id } = await bodyOf(ask(SLOW, { Prefer: 'respond-async' }));
    const leaving = new AbortController();
    const left = send(server.url, `/api/answers/${id}/events`, { signal: leaving.signal });
    await left;
    leaving.abort();
    const heard = await events(id);
    expect(heard.at(-1)?.event).toBe('answer');
  });

  it('end with an error when the answer is cancelled', async () => {
    const { id } = await bodyOf(ask(ENDLESS, { Prefer: 'respond-async' }));
    const following = await send(server.url, `/api/answers/${id}/events`);
    await send(server.url, `/api/answers/${id}`, { method: 'DELETE' });
    const last = (await all(streamedEvents(following))).at(-1);
    expect(last).toMatchObject({ event: 'error', data: { code: 'aborted' } });
  });
});

describe('Idempotency-Key', () => {
  it('answers a repeated request with the first answer', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await ask(DOCTORATE, key);
    const second = await ask(DOCTORATE, key);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await bodyOf(second)).id).toBe((await bodyOf(first)).id);
    await problemOf(await ask(EACH_MONTH, key), 422, 'key-reused');
  });

  it('repeats a 202 with its place', async () => {
    const headers = { 'Idempotency-Key': randomUUID(), Prefer: 'respond-async' };
    const [first, second] = [await ask(DOCTORATE, headers), await ask(DOCTORATE, headers)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });

  it('refuses a second request while the first is being answered, and a key that is none', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = ask(SLOW, key);
    await expect
      .poll(async () => (await sendJson(server.url, '/api/health')).queue.running)
      .toBe(1);
    const second = await ask(SLOW, key);
    expect(second.headers.get('retry-after')).toBe('2');
    await problemOf(second, 409, 'in-progress');
    expect((await first).status).toBe(200);
    await problemOf(await ask(DOCTORATE, { 'Idempotency-Key': 'a b' }), 400, 'bad-request');
  });
});

describe('statements of one’s own', () => {
  const query = (sql: string, database = 'fund') =>
    send(server.url, `/api/databases/${database}/query`, { body: { sql, max_rows: 2 } });

  it('give rows, truthfully cut, and what they do', async () => {
    const result = await bodyOf(query('SELECT month FROM fund_value ORDER BY month'));
    expect(result).toMatchObject({ columns: ['month'], truncated: true });
    expect(result.rows).toHaveLength(2);
    expect(result.explanation.length).toBeGreaterThan(0);
  });

  it('keep integers beyond 2^53 exact', async () => {
    expect((await bodyOf(query('SELECT 9007199254740993 AS n'))).rows).toEqual([
      ['9007199254740993'],
    ]);
  });

  it.each([
    ['DELETE FROM fund', 'refused'],
    ['SELECT 1; SELECT 2', 'refused'],
    ['PRAGMA table_info(fund)', 'refused'],
    ['SELECT * FROM sqlite_master', 'refused'],
    ['SELECT nonsense FROM fund', 'sql-error'],
    ['SELEC', 'refused'],
  ])('refuses %s', async (sql, code) => {
    await problemOf(await query(sql), 422, code);
  });

  it('of a broken database name the database and not its path', async () => {
    const detail = await problemOf(await query('SELECT 1', 'broken'), 422, 'not-a-database');
    expect(detail).toMatch(/^broken /);
  });

  it('of a database that another program keeps locked are to be tried again', async () => {
    await bodyOf(query('SELECT 1'));
    const writer = new Database(join(server.home, 'databases', 'fund.sqlite'));
    writer.exec('BEGIN EXCLUSIVE');
    const detail = await problemOf(await query('SELECT * FROM fund'), 503, 'database-in-use');
    writer.exec('COMMIT');
    writer.close();
    expect(detail).toMatch(/^fund is in use .*Try again/);
  });
});
