/** What is said about answers, and about requests that fail, in the language of the reader. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { all, bodyOf, problemOf, send, sendJson, streamedEvents } from './requests.ts';

const ENGLISH = 'Which fund managers have a doctorate?';
const CHINESE = '哪些基金经理有博士学位';
const SELECT_MANAGERS = '读取 fund_manager（基金经理）。';
const ZH = { 'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.8' };

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
  await server.loaded;
});

afterAll(() => server.close());

const ask = (question: string, more: object = {}, headers: Record<string, string> = {}) =>
  send(server.url, '/api/ask', { body: { question, database: 'fund', ...more }, headers });

describe('an answer', () => {
  it('is explained in the language of its question, whatever the problems’ would be', async () => {
    const chinese = await bodyOf(ask(CHINESE));
    expect(chinese).toMatchObject({ kind: 'answered', language: 'zh' });
    expect(chinese.explanation[0]).toBe(SELECT_MANAGERS);
    const english = await bodyOf(ask(ENGLISH, {}, ZH));
    expect(english.language).toBe('en');
    expect(english.explanation[0]).toBe('Reads fund_manager (people who manage funds).');
  });

  it('is explained in the one that is asked for, and kept so', async () => {
    const answer = await bodyOf(ask(ENGLISH, { language: 'zh' }));
    expect(answer.explanation[0]).toBe(SELECT_MANAGERS);
    const kept = await sendJson(server.url, `/api/answers/${answer.id}`);
    expect(kept.answer).toEqual(answer);
    await problemOf(await ask(ENGLISH, { language: 'fr' }), 400, 'bad-request');
  });

  it('carries warnings with codes beside their texts', async () => {
    const shortened = await bodyOf(ask(CHINESE, { max_rows: 1 }));
    expect(shortened.warnings).toEqual([
      { code: 'more-rows', text: '结果不止这些，仅显示前 1 行。' },
    ]);
    const question = 'Which fund managers are there with no such column?';
    const abstained = await bodyOf(ask(question, { language: 'zh' }));
    const reason = expect.stringContaining('没有名为 nonsense 的列');
    expect(abstained).toMatchObject({
      abstained: { code: 'nothing-runs', reason },
      warnings: [
        { code: 'nothing-runs', text: reason },
        { code: 'words-unexplained', text: expect.stringContaining('“such”、“column”') },
      ],
    });
  });
});

describe('a statement of one’s own', () => {
  it('is explained in either language, in English unless told', async () => {
    const query = async (more: object) => {
      const body = { sql: 'select count(*) from fund_manager', ...more };
      return (await sendJson(server.url, '/api/databases/fund/query', { body })).explanation;
    };
    expect(await query({ language: 'zh' })).toEqual([SELECT_MANAGERS, '显示记录数。']);
    expect(await query({})).toContain('Shows the number of rows.');
  });
});

describe('a problem', () => {
  it('is told in Chinese where that is wanted more than English', async () => {
    const wanted = {
      'zh-CN,zh;q=0.9,en;q=0.8': 'zh',
      zh: 'zh',
      'en,zh;q=0.5': 'en',
      'fr, *': 'en',
    };
    for (const [header, language] of Object.entries(wanted)) {
      const response = await send(server.url, '/api/answers/none', {
        headers: { 'Accept-Language': header },
      });
      expect(response.headers.get('Content-Language'), header).toBe(language);
      expect(response.headers.get('Vary')).toContain('Accept-Language');
      const detail = await problemOf(response, 404, 'no-such-answer');
      expect(detail).toBe(
        language === 'zh'
          ? '没有这个回答，或已被清除。'
          : 'There is no such answer, or it was dropped since.',
      );
    }
  });

  it('is told so in events and in what is kept, too', async () => {
    const question = 'Which fund managers are to be deleted?';
    const heard = await all(
      streamedEvents(await ask(question, {}, { ...ZH, Accept: 'text/event-stream' })),
    );
    const { event, data } = heard.at(-1) ?? {};
    expect(event).toBe('error');
    expect(data).toMatchObject({ code: 'refused', title: '内容无法处理' });
    expect(data?.detail).toBe(
      '该语句未被执行：语句以 DELETE 开头，只能运行以 SELECT、WITH 或 VALUES 开头的查询。SQL：DELETE FROM fund_manager',
    );
    const { data: listed } = await sendJson(server.url, '/api/answers?limit=1');
    const kept = await sendJson(server.url, `/api/answers/${listed[0]?.id}`);
    expect(kept.problem).toEqual(data);
  });

  it('of SQL is told with the name that is wrong', async () => {
    const body = { sql: 'select fee from fund' };
    const response = await send(server.url, '/api/databases/fund/query', { body, headers: ZH });
    expect(await problemOf(response, 422, 'sql-error')).toBe('SQL 无法运行：没有名为 fee 的列。');
  });

  it('lists what is wrong with an input in the same language', async () => {
    const body = { question: 'a', dry_run: 1 };
    const refused = async (headers: Record<string, string> = {}) =>
      bodyOf(send(server.url, '/api/ask', { body, headers }));
    expect(await refused(ZH)).toMatchObject({
      code: 'bad-request',
      errors: [
        'database 无效输入：期望 string，实际接收 undefined',
        'dry_run 无效输入：期望 boolean，实际接收 数字',
      ],
    });
    expect(await refused()).toMatchObject({
      errors: [
        expect.stringMatching(/^database Invalid input: expected string/),
        expect.anything(),
      ],
    });
  });

  it('names in Chinese what a database lacks', async () => {
    const descriptions = [
      { table: 'funds', text: 'a' },
      { table: 'fund', column: 'fee', text: 'b' },
    ];
    const response = await send(server.url, '/api/databases/fund/descriptions', {
      method: 'PATCH',
      body: { descriptions },
      headers: ZH,
    });
    expect(await response.json()).toMatchObject({
      code: 'not-found',
      errors: [
        '没有名为 funds 的表',
        'fund 中没有名为 fee 的列，已有的列：fund_id、fund_name、manager_id、total_assets、note',
      ],
    });
  });

  it('of a job is told in the language of whoever looks', async () => {
    const upload = await fetch(`${server.url}/api/databases?name=none&wait=0`, {
      method: 'POST',
      body: `SQLite format 3\0${'x'.repeat(500)}`,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    const { id } = await bodyOf(upload);
    const look = async (headers: Record<string, string> = {}) =>
      bodyOf(send(server.url, `/api/jobs/${id}`, { headers }));
    await expect.poll(async () => (await look()).state, { timeout: 60_000 }).toBe('failed');
    const read = (start: RegExp) => ({ code: 'bad-upload', message: expect.stringMatching(start) });
    const ended = (start: RegExp) => ({ data: { state: 'failed', error: read(start) } });
    expect((await look()).error).toEqual(read(/^The file is not a SQLite database/));
    expect((await look(ZH)).error).toEqual(read(/^文件无法作为 SQLite 数据库读取/));
    const { data } = await sendJson(server.url, '/api/jobs', { headers: ZH });
    expect(data[0]?.error).toEqual((await look(ZH)).error);
    const events = `/api/jobs/${id}/events`;
    const heard = await all(streamedEvents(await send(server.url, events, { headers: ZH })));
    expect(heard.at(-1)?.data).toMatchObject(ended(/^文件无法作为 SQLite/));
  });
});
